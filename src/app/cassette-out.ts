import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OmkError } from '../domain/error.ts';
import type { GoalEvent, LoggedEvent } from '../domain/goal/event.ts';
import { fold } from '../domain/transition/evolve.ts';
import { isSealed } from '../domain/held-out/options.ts';
import { cleanLine } from '../domain/text/clean.ts';
import { blobsIn } from '../engine/recording/recorded.ts';
import { sha256Hex } from '../proof/format/bytes.ts';
import { CASSETTE, CASSETTE_STATEMENT, CHECKPOINT, OBJECTS } from '../proof/format/names.ts';
import { openSigner } from '../proof/key/open.ts';
import { signCassette } from '../proof/write/cassette.ts';
import { methodOf } from '../replay/cassette/key.ts';
import { cutIn, cutOff, readTape } from '../replay/cassette/tape.ts';
import { Unplayable } from '../replay/cassette/unplayable.ts';
import type { Store } from '../store/port.ts';
import { openCassettes } from '../world/cassette/open.ts';
import type { StoredCassette } from '../world/cassette/port.ts';
import { openSecrets } from '../world/secrets/open.ts';
import { loadConfig } from './compose.ts';
import { environment } from './here.ts';
import { writeObjects } from './objects-out.ts';
import { stateDir } from './paths.ts';
import type { GoalId, Sha256 } from '../domain/ids.ts';

/** As all of a bundle. */
const PRIVATE = { mode: 0o600 };

/**
 * How the cassette of a goal, with the blobs of its log, is put into the folder of a bundle, and signed.
 * `OmkError` `NOT_REPLAYABLE`, `CASSETTE_CORRUPT`.
 */
export async function cassetteToBundle(
  store: Pick<Store, 'getBlob'>,
  goal: GoalId,
  events: readonly LoggedEvent[],
): Promise<(bundle: string) => Promise<void>> {
  const cassettes = openCassettes(stateDir(environment()), 0);
  const cassette = cassettes.read(goal);
  if (cassette === null) throw notReplayable('it has no cassette', 'anywhere');
  refuseCorrupt(goal, cassette);
  const cut = cassette.runs.map((text) => cutIn(text)).find((why) => why !== null);
  if (cut !== undefined) throw notReplayable(cutOff(cut), 'anywhere');
  const blobs = await blobsOf(store, events);
  refuseHidden(events);
  await refuseSecrets(cassette, blobs, events);
  return async (bundle) => {
    const folder = join(bundle, CASSETTE);
    await cp(cassettes.folder(goal), folder, { recursive: true });
    await mkdir(join(folder, 'blobs'), { recursive: true, mode: 0o700 });
    for (const [sha256, content] of blobs) await writeFile(join(folder, 'blobs', sha256), content, PRIVATE);
    await writeObjects(events, join(folder, OBJECTS));
    const { signing } = await loadConfig(environment(), null);
    const signer = await openSigner({ stateDir: stateDir(environment()), configuredKey: signing.key });
    const checkpoint = await readFile(join(bundle, CHECKPOINT));
    const statement = signCassette({ goal, checkpoint, runs: cassette.runs }, signer);
    await writeFile(join(folder, CASSETTE_STATEMENT), statement, PRIVATE);
  };
}

async function blobsOf(
  store: Pick<Store, 'getBlob'>,
  events: readonly LoggedEvent[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const sha256 of blobsIn(events)) {
    const content = await store.getBlob(sha256);
    if (content === null) throw notReplayable(`${recordedBy(sha256, events)} is gone`);
    found.set(sha256, content);
  }
  return found;
}

/** What was changed here is not signed as what was recorded. `OmkError` `CASSETTE_CORRUPT`. */
export function refuseCorrupt(goal: GoalId, cassette: StoredCassette): void {
  try {
    for (const [at, text] of cassette.runs.entries()) readTape(text, goal, at + 1);
  } catch (error) {
    if (!(error instanceof Unplayable)) throw error;
    // One that was cut off, or is for another omk, is what was written.
    if (error.kind === 'cassette_corrupt') throw corrupt(error.message);
  }
  const wholeLines = cassette.runs.map((text) => text.slice(0, text.lastIndexOf('\n') + 1)).join('');
  for (const sha256 of cassette.contents()) {
    const content = cassette.content(sha256);
    const isWhole = content !== null && sha256Hex(content) === sha256;
    // A process that was killed over it wrote half of it, and no line that names it.
    if (!isWhole && wholeLines.includes(sha256)) throw corrupt(`content/${sha256} is not what its name says`);
  }
}

const corrupt = (why: string): OmkError =>
  new OmkError('CASSETTE_CORRUPT', `CASSETTE CORRUPT: ${cleanLine(why, 2000)}`, 'omk goal proof --out <dir>', {
    exit: 3,
  });

/** Given with the goal or written by an agent before the work. */
export function refuseHidden(events: readonly GoalEvent[]): void {
  if (isSealed(fold(events))) throw notReplayable('its held-out checks are not revealed, and a cassette has them');
}

/** A secret in a file of the repository is in what was read of it: on this machine that is no more than is there already. */
async function refuseSecrets(
  cassette: StoredCassette,
  blobs: ReadonlyMap<string, Uint8Array>,
  events: readonly LoggedEvent[],
): Promise<void> {
  const [finding] = events.flatMap((event) => (event.type === 'candidate.examined' ? (event.data.secrets ?? []) : []));
  if (finding) throw notReplayable(`secret in ${finding.path}`);
  const { scan } = openSecrets({ env: environment() });
  const refuse = async (content: Uint8Array, where: () => string): Promise<void> => {
    if ((await scan({ path: 'cassette', content })).length > 0) throw notReplayable(`secret in ${where()}`);
  };
  for (const text of cassette.runs) await refuse(Buffer.from(text), () => 'an answer of a door');
  for (const [sha256, content] of blobs) await refuse(content, () => recordedBy(sha256, events));
  for (const sha256 of cassette.contents())
    await refuse(cassette.content(sha256) ?? new Uint8Array(), () => whereIn(cassette, sha256));
}

/** A blob by the event that names it first: `omk goal replay` shows what that was. */
export function recordedBy(sha256: Sha256, events: readonly LoggedEvent[]): string {
  const event = events.find((each) => blobsIn(each).has(sha256));
  return event ? `what event ${event.seq} (${event.type}) recorded` : `the blob ${sha256}`;
}

/** The file that content was read from, as far as the answer that has it tells. */
function whereIn({ runs }: StoredCassette, sha256: Sha256): string {
  const line = runs.flatMap((text) => text.split('\n')).find((each) => each.includes(sha256)) ?? '';
  const path = /"path":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
  return path ?? `what ${methodOf(/"k":"([^"]*)"/.exec(line)?.[1] ?? 'a door')} gave`;
}

const notReplayable = (why: string, where: 'elsewhere' | 'anywhere' = 'elsewhere'): OmkError =>
  new OmkError(
    'NOT_REPLAYABLE',
    `NOT REPLAYABLE${where === 'elsewhere' ? ' outside of this machine' : ''}: ${why}`,
    'omk goal proof --out <dir>',
    { exit: 3 },
  );
