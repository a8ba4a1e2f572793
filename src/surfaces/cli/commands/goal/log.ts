import type { Store } from '../../../../app/store.ts';
import { type Entry, readTranscript } from '../../../../app/transcript.ts';
import { everyAttempt } from '../../../../domain/goal/state.ts';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OmkError } from '../../../../domain/error.ts';
import type { GoalEvent } from '../../../../domain/goal/event.ts';
import { fold } from '../../../../domain/transition/evolve.ts';
import type { GoalState } from '../../../../domain/goal/state.ts';
import type { BlobRef, GoalId } from '../../../../domain/ids.ts';
import { withGoal } from '../../../../app/goal-store.ts';
import { printJson, type Output } from '../../output/print.ts';
import { transcriptLines } from '../../text/transcript.ts';

interface Asked {
  readonly attempt: number | null;
  readonly turn: number | null;
}

interface TurnLog extends Record<keyof Asked, number> {
  readonly outcome: string;
  readonly entries: readonly Entry[];
}

/** What the agent said and did, turn by turn. It is a claim: what was judged is in `omk goal show`. */
export const log = (name: string, asked: Asked, output: Output): Promise<number> =>
  withGoal(name, async (store, { goal }) => {
    const events = (await store.read(goal)).map(({ event }) => event);
    const turns = await logsOf(store, events, asked);
    if (turns.length === 0) throw noSuchTurn(goal, fold(events));
    if (output.json) printJson(output, { goal, turns });
    else for (const turn of turns) print(turn, output);
    return 0;
  });

/** Says which turns there are. */
function noSuchTurn(goal: GoalId, { attempts, created }: GoalState): OmkError {
  const there = attempts.flatMap(({ attempt, turns }) => {
    const [first, last] = [turns.at(0)?.turn, turns.at(-1)?.turn];
    if (first === undefined || last === undefined) return [];
    return [`attempt ${attempt} with turn${first === last ? ` ${first}` : `s ${first} to ${last}`}`];
  });
  return there.length === 0
    ? new OmkError(
        'TURN_NOT_FOUND',
        created?.given
          ? `No agent worked on goal '${goal}': it judged a change as it was given`
          : `No agent has worked on goal '${goal}' yet`,
        `omk goal show ${goal}`,
      )
    : new OmkError(
        'TURN_NOT_FOUND',
        `Goal '${goal}' has no such turn; it has ${there.join(', ')}`,
        `omk goal log ${goal} --attempt ${attempts.at(-1)?.attempt ?? 1}`,
      );
}

async function logsOf(store: Store, events: readonly GoalEvent[], asked: Asked): Promise<readonly TurnLog[]> {
  const state = fold(events);
  const logs: TurnLog[] = [];
  for (const { attempt, worktree, turns } of everyAttempt(state)) {
    if (asked.attempt !== null && attempt !== asked.attempt) continue;
    for (const { turn, outcome } of turns) {
      if (asked.turn !== null && turn !== asked.turn) continue;
      const ended = events.flatMap((event) => (event.type === 'turn.ended' ? [event.data] : []));
      const stream = ended.find((each) => each.attempt === attempt && each.turn === turn)?.stream ?? null;
      const file = join(dirname(worktree), `turn-${turn}.ndjson`);
      const text = outcome === null ? await readFile(file, 'utf8').catch(() => '') : await textOf(store, stream);
      logs.push({ attempt, turn, outcome: words(outcome), entries: readTranscript(text) });
    }
  }
  return logs;
}

const textOf = async (store: Store, blob: BlobRef | null): Promise<string> =>
  blob === null ? '' : Buffer.from((await store.getBlob(blob.sha256)) ?? []).toString('utf8');

type Outcome = GoalState['attempts'][number]['turns'][number]['outcome'];

function words(outcome: Outcome): string {
  if (outcome === null) return 'under way';
  return 'detail' in outcome ? `${outcome.kind} (${outcome.reason}): ${outcome.detail}` : outcome.kind;
}

function print({ attempt, turn, outcome, entries }: TurnLog, output: Output): void {
  output.out(`attempt ${attempt}, turn ${turn}: ${outcome}`);
  for (const entry of entries) for (const line of ['', ...transcriptLines(entry)]) output.out(line);
  if (entries.length === 0) output.out('  nothing was recorded');
  output.out('');
}
