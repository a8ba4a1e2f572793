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

/** The message of the commit that has the checks of a goal. `agent`: who wrote them; null: a person gave them. */
export const checksMessage = ({
  goal,
  title,
  agent,
}: Pick<Described, 'goal' | 'title'> & { readonly agent: string | null }): string => {
  const trailers = [`Omk-Goal: ${goal}`, ...(agent === null ? [] : [coauthor(agent)])];
  return `${cleanLine(`Tests of: ${title}`, 72)}\n\nThey fail here, and pass with the next commit.\n\n${lines(trailers)}`;
};

function message({ title, prompt, agent: named }: Described, trailers: readonly string[]): string {
  const last = lines([...trailers, coauthor(named)]);
  return `${title}\n\n${prompt === title || prompt === '' ? '' : `${prompt}\n\n`}${last}`;
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

function coauthor(named: string): string {
  const agent = plain(named) || 'agent';
  const mail = agent.toLowerCase().replace(/[^a-z0-9.-]+/gu, '-');
  return `Co-authored-by: ${agent} <${mail}@agents.invalid>`;
}
