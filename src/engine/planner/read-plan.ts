import { planFileOf } from '../../domain/planner/hand-in.ts';
import { placeOf, plannedProblems } from '../../domain/planner/document.ts';
import type { PlanSubmission } from '../../domain/goal/plan-submission.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import { handedIn } from '../roles/handed.ts';
import { documentOf } from '../plan/document.ts';
import type { Context } from '../context.ts';

const MOST_BYTES = 64 * 1024;

/** What a planner handed in with its turn, read by the rules of `--plan`. */
export async function readPlan({ session, vault, world }: Context, attempt: number, turn: number): Promise<void> {
  const ended = session.state.planners
    .find((each) => each.attempt === attempt)
    ?.turns.find((each) => each.turn === turn);
  if (!ended?.snapshot) throw new TypeError(`attempt ${attempt} left nothing in turn ${turn}`);
  const path = planFileOf(session.goal);
  const content =
    (await handedIn(world.store, ended.handed, 'plan_submit')) ??
    (await vault.readFile(ended.snapshot.candidate, path))?.content;
  const read = content ? planOf(session.state, content) : refused(`no plan was handed in, and there is no ${path}`);
  await session.append({ type: 'plan.submitted', data: { attempt, turn, ...read } });
}

type Read =
  | { readonly kind: 'refused'; readonly why: readonly string[] }
  | Omit<Extract<PlanSubmission, { kind: 'read' }>, 'attempt' | 'turn'>;

const refused = (...why: readonly string[]): Read => ({
  kind: 'refused',
  why: why.slice(0, 20).map((each) => cleanLine(each, 400)),
});

/** A text as the plan of a goal, or what is wrong with it. */
export function planOf(state: GoalState, content: Uint8Array): Read {
  if (content.length > MOST_BYTES) return refused(`the plan has ${content.length} bytes; at most ${MOST_BYTES}`);
  const text = Buffer.from(content).toString('utf8');
  const value = parsed(text);
  if (value === undefined) return refused('the plan is not valid JSON');
  const read = documentOf(value);
  if (read.kind === 'problem') return refused(`${placeOf(read.at)}: ${read.rule}`);
  const problems = plannedProblems(state, read.document);
  if (problems.length > 0) return refused(...problems);
  return { kind: 'read', document: read.document, sha256: sha256Hex(Buffer.from(text)) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
