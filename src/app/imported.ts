import { join } from 'node:path';
import { isAncestorGoal, type AncestorGoal } from '../store/ancestor/goal.ts';
import { keepPrivate, listPrivate, readPrivate } from '../world/files/private.ts';
import { stateDir } from './paths.ts';
import { environment } from './here.ts';

const folder = (): string => join(stateDir(environment()), 'history', '0.5.0');

/** Keeps a goal of 0.5.0 to be looked at; one of the same name is replaced. */
export const keepImported = (goal: AncestorGoal): Promise<void> =>
  keepPrivate(join(folder(), `${goal.goal}.json`), `${JSON.stringify(goal)}\n`);

/** Null when it was not imported. */
export async function readImported(name: string): Promise<AncestorGoal | null> {
  const text = isAncestorGoal(name) ? await readPrivate(join(folder(), `${name}.json`)) : null;
  return text === null ? null : (JSON.parse(text) as AncestorGoal);
}

/** Newest first. */
export async function listImported(): Promise<readonly AncestorGoal[]> {
  const names = (await listPrivate(folder())).map((name) => name.replace(/\.json$/, '')).filter(isAncestorGoal);
  const goals = await Promise.all(names.sort().toReversed().map(readImported));
  return goals.filter((goal) => goal !== null);
}
