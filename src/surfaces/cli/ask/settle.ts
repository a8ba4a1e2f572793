import type { Live } from '../../../app/compose.ts';
import { environment } from '../../../app/here.ts';
import { answerGoal } from '../../../app/use/answer.ts';
import { approvePlan, rejectPlan } from '../../../app/use/review-plan.ts';
import { openQuestion, type GoalState } from '../../../domain/goal/state.ts';
import type { GoalId } from '../../../domain/ids.ts';
import type { Output } from '../output/print.ts';
import { choicesFor, PLAN_CHOICES } from './choices.ts';

/** A person is at the terminal, and it can show a question. */
export const canAsk = (
  { redraws, json }: Pick<Output, 'redraws' | 'json'>,
  { isTerminal, ci = '' }: { readonly isTerminal: boolean; readonly ci: string | undefined },
): boolean => redraws && !json && isTerminal && (ci === '' || ci === 'false');

export const asksHere = (output: Output): boolean =>
  canAsk(output, { isTerminal: process.stdin.isTTY === true, ci: environment()['CI'] });

/** Whether a person answered now what the goal waits for. */
export async function settled(world: Live, goal: GoalId, state: GoalState): Promise<boolean> {
  if (state.status !== 'blocked_on_human') return false;
  const question = openQuestion(state);
  const isPlan = state.ended?.failure?.code === 'PLAN_NOT_APPROVED';
  if (!question && !isPlan) return false;
  const { askHere } = await import('./ask.ts');
  const hasGate = state.policy?.gates.some(({ required }) => required) === true;
  const answer = await askHere(question ? choicesFor(question, hasGate) : PLAN_CHOICES);
  if (answer === null) return false;
  if (question) await answerGoal(world, goal, answer);
  else if (answer.kind === 'reject') await rejectPlan(world, goal, answer.note);
  else await approvePlan(world, goal);
  return true;
}
