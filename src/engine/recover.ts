import { dirname } from 'node:path';
import { lastAttempt, lastTurn, type TurnState } from '../domain/goal/state.ts';
import { UsageRecorder } from './budget/record.ts';
import { agentOf, markerOf, type Context } from './context.ts';

/** After a crash: ends what still lives, closes the turn that was under way, and gives up an attempt whose worktree is gone. */
export async function recover({ world, session }: Pick<Context, 'world' | 'session'>): Promise<void> {
  await world.gates.endDead();
  const attempt = lastAttempt(session.state);
  const turn = lastTurn(session.state);
  if (!attempt) return;
  await world.agents.endStrays(markerOf(session.goal, attempt.attempt));
  if (turn && turn.outcome === null) {
    await recoverUsage(world, session, { attempt: attempt.attempt, turn });
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
  world: Context['world'],
  session: Context['session'],
  { attempt, turn }: { attempt: number; turn: TurnState },
): Promise<void> {
  if (turn.session === null) return;
  const worktree = session.state.attempts.at(-1)?.worktree ?? '';
  const streamFile = `${dirname(worktree)}/turn-${turn.turn}.ndjson`;
  const recorder = new UsageRecorder(world, session, { attempt, turn: turn.turn });
  recorder.add(
    turn.session,
    await world.agents.usage({ agent: agentOf(session.state), session: turn.session, streamFile }),
  );
  await recorder.settle(turn.session);
}
