import { subjectOf, type AgentQuestion } from '../agents/agent.ts';
import { ask, end } from '../judge/intents.ts';
import type { Intent } from '../goal/intent.ts';
import { answerTo, type GoalState } from '../goal/state.ts';
import { hasNoOracle } from '../oracle/accepted.ts';
import { hasNoPlanner } from '../planner/counted.ts';
import { questionOfPlan } from '../plan/document.ts';
import { wrongAtBase } from '../planner/from-document.ts';
import { writtenCriteria } from '../oracle/written.ts';

/** Before an agent is paid: criteria of a given plan that are on the base what they must not be there. */
export function refusedPlan(state: GoalState): Intent | null {
  const wrong = wrongAtBase(state);
  if (wrong.length === 0) return null;
  return end(state, 'blocked_on_human', {
    code: 'PLAN_SHOWS_NOTHING',
    text: `the plan does not fit its base: ${wrong.join('; ')}`,
    fix: 'mend the plan, and a new omk run --plan',
  });
}

/** The first question of a plan that has no default and was not asked yet. */
export function planQuestion(state: GoalState): Intent | null {
  const questions = state.created?.options.plan?.document.questions ?? [];
  for (const { id, text, default: given } of questions) {
    if (given !== undefined) continue;
    const question: AgentQuestion = { title: text, options: [], wants: 'text' };
    const subject = subjectOf(question);
    if (state.questions.some((each) => each.question.subject === subject)) continue;
    return ask({ id: questionOfPlan(id), code: 'agent_asks', subject, question, text: `The plan asks: ${text}` });
  }
  return null;
}

/** What a plan wanted tests for and no session could write any that hold, until a person says what shows it instead; null: nothing. */
export function unwrittenQuestion(state: GoalState): string | null {
  if (answerTo(state, 'no_criterion', 'goal') !== null) return null;
  if (hasNoPlanner(state)) return 'No plan was made that holds';
  const missing = writtenCriteria(state);
  if (missing.length === 0 || !hasNoOracle(state)) return null;
  return `No tests that hold were written for ${missing.map(({ id, text }) => `${id} (${text})`).join(', ')}`;
}
