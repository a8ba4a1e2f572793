import { cleanLine } from '../text/clean.ts';

/** Who a result commit says its author is. */
export interface CommitAuthor {
  readonly name: string;
  readonly email: string;
}

/** `Name <mail>` as a person writes it; null for anything else. */
export function parseAuthor(text: string): CommitAuthor | null {
  const [, name = '', email = ''] = /^([^<>\n]+?)[ \t]*<([^<>\s]+)>$/u.exec(text.trim()) ?? [];
  return name === '' ? null : { name, email };
}

/** Git takes no angle brackets and no line breaks in a name. */
const plain = (text: string): string => cleanLine(text).replace(/[<>]/gu, '').trim();

/** The message of a result: the goal's title, its text, and trailers that name the goal and the agent that worked. */
export function resultMessage(goal: {
  readonly goal: string;
  readonly title: string;
  readonly prompt: string;
  readonly agent: string;
}): string {
  const agent = plain(goal.agent) || 'agent';
  const mail = agent.toLowerCase().replace(/[^a-z0-9.-]+/gu, '-');
  const trailers = `Omk-Goal: ${goal.goal}\nCo-authored-by: ${agent} <${mail}@agents.invalid>\n`;
  return `${goal.title}\n\n${goal.prompt === goal.title ? '' : `${goal.prompt}\n\n`}${trailers}`;
}
