import { dirname } from 'node:path';
import { everyAttempt, type AttemptState, type TurnState } from '../domain/goal/state.ts';
import { UsageRecorder } from './budget/record.ts';
import { agentAt, markerOf } from './context.ts';
import type { Session } from './session.ts';
import type { World } from './world.ts';

/** What recovering reaches. */
export interface Recovered {
  readonly world: Pick<World, 'prices'> & {
    readonly gates: Pick<World['gates'], 'endDead'>;
    readonly agents: Pick<World['agents'], 'endStrays' | 'usage'>;
    readonly files: Pick<World['files'], 'exists'>;
    readonly store: Pick<World['store'], 'putFile'>;
  };
  readonly session: Session;
}

/** After a crash: ends what still lives, closes the turns that were under way, and gives up attempts whose worktrees are gone. */
export async function recover(context: Recovered): Promise<void> {
  const { world, session } = context;
  await world.gates.endDead();
  // What ended well has no process any more; the last attempt may be one that a stop interrupted at its end.
  const open = everyAttempt(session.state).filter(
    ({ ended }, index, all) => ended === null || index === all.length - 1,
  );
  await Promise.all(open.map(({ attempt }) => world.agents.endStrays(markerOf(session.goal, attempt))));
  for (const attempt of open) await closeTurn(context, attempt);
}

async function closeTurn({ world, session }: Recovered, attempt: AttemptState): Promise<void> {
  const turn = attempt.turns.at(-1);
  if (turn && turn.outcome === null) {
    await recoverUsage(world, session, attempt, turn);
    const stream = `${dirname(attempt.worktree)}/turn-${turn.turn}.ndjson`;
    await session.append({
      type: 'turn.ended',
      data: {
        attempt: attempt.attempt,
        turn: turn.turn,
        outcome: { kind: 'interrupted' },
        session: turn.session,
        stream: (await world.files.exists(stream)) ? await world.store.putFile(stream) : null,
        stderr: null,
        sandbox: turn.sandbox ?? { kind: 'none', why: 'not known: omk was ended during the turn' },
        claimedUsage: {},
        permissions: [],
        durationMs: 0,
      },
    });
  }
  const running = session.state.status === 'running';
  if (running && attempt.ended === null && !(await world.files.exists(attempt.worktree)))
    await session.append({ type: 'attempt.ended', data: { attempt: attempt.attempt, why: 'agent_failed' } });
}

/** What the turn had told before omk was ended; keys keep what was counted from being counted again. */
async function recoverUsage(
  world: Recovered['world'],
  session: Session,
  { attempt, worktree }: AttemptState,
  turn: TurnState,
): Promise<void> {
  if (turn.session === null) return;
  const streamFile = `${dirname(worktree)}/turn-${turn.turn}.ndjson`;
  const recorder = new UsageRecorder(world, session, { attempt, turn: turn.turn });
  recorder.add(
    turn.session,
    await world.agents.usage({ agent: agentAt(session.state, attempt), session: turn.session, streamFile }),
  );
  await recorder.settle(turn.session);
}
