import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readDatabase } from './database.ts';
import { readFolder } from './folder.ts';
import { isAncestorGoal, type AncestorGoal } from './goal.ts';

/** Every goal of omk 0.5.0 in a state directory, newest first: from its folder, which is its truth, else from the database. Only reads. */
export async function readAncestor(stateDir: string): Promise<readonly AncestorGoal[]> {
  const goals = join(stateDir, 'goals');
  const names = (await readdir(goals).catch(() => [])).filter(isAncestorGoal);
  const fromFolders = (await Promise.all(names.map((name) => readFolder(join(goals, name), name)))).filter(
    (each) => each !== null,
  );
  const known = new Set(fromFolders.map(({ goal }) => goal));
  const listed = (await readDatabase(join(stateDir, 'omk.db'))).filter(
    ({ goal }) => isAncestorGoal(goal) && !known.has(goal),
  );
  return [...fromFolders, ...listed].sort((a, b) => (a.goal < b.goal ? 1 : -1));
}
