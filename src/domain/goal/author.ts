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

interface Described {
  readonly goal: string;
  readonly title: string;
  readonly prompt: string;
  readonly agent: string;
}

/** The message of a result: the goal's title, its text, and trailers that name the goal and the agent that worked. */
export const resultMessage = (goal: Described): string => message(goal, [`Omk-Goal: ${goal.goal}`]);

/** The message of one task's commit: its trailers also say which tree was judged. */
export const taskMessage = (
  goal: Described & { readonly task: string; readonly attempt: number; readonly judged: string },
): string =>
  message(goal, [
    `Omk-Goal: ${goal.goal}`,
    `Omk-Task: ${cleanLine(goal.task)}`,
    `Omk-Attempt: ${goal.attempt}`,
    `Omk-Tree: ${goal.judged}`,
  ]);

function message({ title, prompt, agent: named }: Described, trailers: readonly string[]): string {
  const agent = plain(named) || 'agent';
  const mail = agent.toLowerCase().replace(/[^a-z0-9.-]+/gu, '-');
  const last = [...trailers, `Co-authored-by: ${agent} <${mail}@agents.invalid>`].map((line) => `${line}\n`).join('');
  return `${title}\n\n${prompt === title || prompt === '' ? '' : `${prompt}\n\n`}${last}`;
}
