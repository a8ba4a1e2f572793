import { join } from 'node:path';
import { OmkError } from '../domain/error.ts';
import type { LoggedEvent } from '../domain/goal/event.ts';
import type { GoalId } from '../domain/ids.ts';
import { decodeCheckpoint } from '../proof/format/checkpoint.ts';
import { CHECKPOINT, dsseFile, EVENTS, TERMINAL } from '../proof/format/names.ts';
import { readFolder } from '../proof/verify/folder.ts';
import { readLog, type VerifiedLog } from '../proof/verify/log.ts';
import { recorder } from '../proof/verify/report.ts';
import { isThere } from '../world/cassette/open.ts';
import { withGoal } from './goal-store.ts';

export interface NamedLog {
  readonly goal: GoalId;
  readonly events: readonly LoggedEvent[];
}

/** A folder with a bundle, also where its log is missing. */
export const isBundle = (name: string): boolean =>
  [EVENTS, CHECKPOINT, dsseFile(TERMINAL)].some((file) => isThere(join(name, file)));

/** The log of a goal of this machine, or of a folder with a bundle. Its chain is checked. */
export const readLogOf = async (name: string): Promise<NamedLog> =>
  isBundle(name)
    ? readBundle(name)
    : withGoal(name, async (store, { goal }) => ({ goal, events: (await store.read(goal)).map(({ event }) => event) }));

function readBundle(folder: string): NamedLog {
  const { read, names } = readFolder(folder);
  const bytes = read(EVENTS);
  const checks = recorder();
  const { check } = checks;
  const log = check('E_BUNDLE', bytes !== null, `${EVENTS} cannot be read`)
    ? readLog(bytes ?? new Uint8Array(), { get: (name) => read(name) ?? undefined }, checks)
    : null;
  const first = log?.events[0];
  if (log !== null && check('E_LOG_EVENT', first?.type === 'goal.created', 'it does not begin with a goal')) {
    // A goal's own folder has its log alone.
    const isSigned = names.includes(CHECKPOINT) || names.includes(dsseFile(TERMINAL));
    if (isSigned) check('E_CHECKPOINT_BINDING', isOf(read(CHECKPOINT), log), 'it is not the log of its checkpoint');
  }
  const failed = checks.checks.find(({ ok }) => !ok);
  if (log !== null && first?.type === 'goal.created' && !failed) return { goal: first.data.goal, events: log.events };
  throw new OmkError(
    failed?.code ?? 'E_LOG_EVENT',
    `The log of the bundle ${folder} cannot be replayed: ${failed?.text ?? 'it has no event'}`,
    'take the bundle as it was made: omk goal proof --out <folder>',
    { exit: 3 },
  );
}

/** Whether a checkpoint, whoever signed it, is of this whole log: one that was cut off at the end of a line is whole by its chain. */
function isOf(checkpoint: Uint8Array | null, { root }: VerifiedLog): boolean {
  const note = checkpoint === null ? null : decodeCheckpoint(checkpoint);
  return note !== null && Buffer.from(note.root).toString('hex') === root;
}
