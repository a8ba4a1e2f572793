import { cleanLine } from '../../domain/text/clean.ts';
import { cutOff, readTape } from '../../replay/cassette/tape.ts';
import { blobCorrupt, Unplayable } from '../../replay/cassette/unplayable.ts';
import { Player } from './play.ts';
import type { RealGates } from './without-gates.ts';
import { otherText } from './other-text.ts';
import { blobsIn, placesIn, type Divergence, type Recorded } from './recorded.ts';
import { rulesOf } from './same-event.ts';
import { ReplayedLog } from './replayed-log.ts';
import { Schedule } from './schedule.ts';

export type Replayed =
  | {
      readonly kind: 'reproduced';
      readonly executions: number;
      readonly events: number;
      /** Events that the engine made again; the others are of people and other commands, and were given to it. */
      readonly made: number;
      /** Rule sets that judged then and here, where they are not one. Absent: they are. */
      readonly rules?: { readonly there: string; readonly here: string };
      /** Gates that were run here and showed the same. Absent: none was run. */
      readonly gates?: number;
    }
  | ({ readonly kind: 'diverged' } & Divergence)
  | { readonly kind: Unplayable['kind']; readonly why: string; readonly fix?: string };

/** Makes every execution of a goal again from its cassette. */
export const replayGoal = (recorded: Recorded): Promise<Replayed> =>
  replayAll(recorded).catch((error: unknown) => {
    if (!(error instanceof Unplayable)) throw error;
    const { kind, message, fix } = error;
    return { kind, why: inOneLine(message), ...(fix === null ? {} : { fix }) };
  });

/** The same with gates that run and are compared. */
export async function replayWith(recorded: Recorded, gates: RealGates | null): Promise<Replayed> {
  if (gates === null) return replayGoal(recorded);
  const replayed = await replayGoal({ ...recorded, gate: gates.compare });
  return replayed.kind === 'reproduced' ? { ...replayed, gates: gates.ran() } : replayed;
}

/** What a cassette of somebody else says must not look like a line of omk. */
const inOneLine = (why: string): string => cleanLine(why, 2000);

async function replayAll(recorded: Recorded): Promise<Replayed> {
  const { goal, events, cassette } = recorded;
  const tapes = cassette.runs.flatMap((text, at) => readTape(text, goal, at + 1) ?? []);
  if (tapes.length === 0) return { kind: 'not_replayable', why: 'nothing of it was recorded' };
  const cut = tapes.map((tape) => new Schedule(tape).cut).find((why) => why !== null);
  if (cut !== undefined) throw new Unplayable('not_replayable', cutOff(cut));
  await checkBlobs(recorded);
  const texts = new Map<string, Uint8Array>();
  const log = new ReplayedLog(events);
  for (const tape of tapes) {
    refuseUnmade(log, tape.opening.from);
    const places = placesIn(events, tape);
    const divergence = await new Player(recorded, tape, places, log, texts).play();
    if (divergence === null) continue;
    const text = await otherText(divergence, recorded.blob, texts);
    return { kind: 'diverged', ...divergence, why: inOneLine(divergence.why), text };
  }
  refuseUnmade(log, events.length);
  if (log.made === 0) return { kind: 'not_replayable', why: 'nothing of it was recorded' };
  const there = events.map(rulesOf).findLast((each) => each !== null) ?? null;
  const { made, rules } = log;
  const other = there !== null && rules !== null && rules !== there ? { rules: { there, here: rules } } : {};
  return { kind: 'reproduced', executions: tapes.length, events: events.length, made, ...other };
}

/** A recording that begins after the log does, or ends before it, shows nothing of the rest. */
function refuseUnmade(log: ReplayedLog, to: number): void {
  const unmade = log.unmade(to);
  if (unmade === null) return;
  const { seq, type } = unmade;
  throw new Unplayable('not_replayable', `the recording lacks event ${seq} (${type}), which an execution wrote`);
}

/** What the log names must be there as it was, also where the engine does not look at it. */
async function checkBlobs({ events, blob }: Recorded): Promise<void> {
  for (const sha256 of blobsIn(events)) if ((await blob(sha256)) === null) throw blobCorrupt(sha256);
}
