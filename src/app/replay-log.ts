import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OmkError } from '../domain/error.ts';
import type { LoggedEvent } from '../domain/goal/event.ts';
import type { GoalId } from '../domain/ids.ts';
import { EVENTS } from '../proof/format/names.ts';
import { readFolder } from '../proof/verify/folder.ts';
import { readLog } from '../proof/verify/log.ts';
import { recorder } from '../proof/verify/report.ts';
import { withGoal } from './goal-store.ts';

export interface NamedLog {
  readonly goal: GoalId;
  readonly events: readonly LoggedEvent[];
}

/** The log of a goal of this machine, or of a folder with a bundle. Its chain is checked. */
export const readLogOf = async (name: string): Promise<NamedLog> =>
  existsSync(join(name, EVENTS))
    ? readBundle(name)
    : withGoal(name, async (store, { goal }) => ({ goal, events: (await store.read(goal)).map(({ event }) => event) }));

function readBundle(folder: string): NamedLog {
  const { read } = readFolder(folder);
  const bytes = read(EVENTS);
  const checks = recorder();
  const log = bytes === null ? null : readLog(bytes, { get: (name) => read(name) ?? undefined }, checks);
  const failed = checks.checks.find(({ ok }) => !ok);
  const first = log?.events[0];
  if (log !== null && first?.type === 'goal.created' && !failed) return { goal: first.data.goal, events: log.events };
  throw new OmkError(
    failed?.code ?? 'E_LOG_EVENT',
    `The log of the bundle ${folder} cannot be replayed: ${failed?.text ?? 'it does not begin with a goal'}`,
    'take the bundle as it was made: omk goal proof --out <folder>',
    { exit: 3 },
  );
}
