import { inWords } from '../../domain/disk-error.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { readiness } from '../../domain/judge/readiness.ts';
import type { DataOf, GoalState } from '../../domain/goal/state.ts';
import { CURRENT_RULES } from '../../proof/rules/current.ts';
import type { LogLine } from '../../store/port.ts';
import { withCheckpoint } from '../budget/checkpoint.ts';
import type { Context } from '../context.ts';

/**
 * Records the end of a goal, which promises a proof. `ready` is only said when the proof of exactly this end was made and
 * verifies to V1; otherwise the goal ends in `failed_infra` with the reason, and everything is kept.
 */
export async function endGoal(context: Context, said: DataOf<'goal.ended'>): Promise<void> {
  const { world, session } = context;
  const data = { ...said, omk: world.version, rules: CURRENT_RULES };
  const end = (is: DataOf<'goal.ended'>): readonly GoalEvent[] =>
    withCheckpoint(context, { type: 'goal.ended', data: is });
  if (data.status !== 'ready') return session.append(...end(data));
  const refusal = await session.appendProven(
    () => end(data),
    (lines) => whyNoProof(context, lines),
  );
  if (refusal !== null) await session.append(...end(unproven(data, session.state, refusal)));
}

const unproven = (data: DataOf<'goal.ended'>, state: GoalState, refusal: string): DataOf<'goal.ended'> => ({
  ...data,
  status: 'failed_infra',
  gaps: readiness(state),
  failure: {
    code: 'PROOF_NOT_VERIFIED',
    text: `every gate passed, but the proof of it does not verify: ${refusal}`,
    fix: 'please report it with the output of omk goal show; the work is kept (omk goal diff), and omk goal resume tries again',
  },
});

/** What the machine fails at is thrown as its sentence. */
async function whyNoProof(
  { world, vault }: Pick<Context, 'world' | 'vault'>,
  lines: readonly LogLine[],
): Promise<string | null> {
  try {
    return await world.proofs.refusal(await world.proofs.build(lines, world.store), lines, vault);
  } catch (error) {
    const known = inWords(error);
    if (known !== null || !(error instanceof Error)) throw known ?? error;
    return error.message;
  }
}
