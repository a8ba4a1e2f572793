import type { Examined } from '../contract/examined.ts';
import type { GatePolicy } from '../gates/gate.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { Answer, Question } from './question.ts';
import type { HeldOutOptions } from './held-out.ts';
import type { TreeId } from '../ids.ts';
import type { Hollowed } from './hollow.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * What judging looks at: what was run, what is known of trees, and what people said. The state of a goal is one, and so is what a test
 * or a re-run puts together; what else a goal has (attempts, budgets, delivery) judges nothing.
 */
export interface Evidence {
  /** Where it began: the base, and how to judge. */
  readonly created: {
    readonly repository: { readonly tree: TreeId };
    readonly options: {
      readonly knownRed: readonly string[];
      readonly heldOut?: HeldOutOptions;
      readonly canaryOnBase?: boolean;
      readonly altered?: boolean;
      readonly ahead?: boolean;
      readonly canariesMerged?: boolean;
      readonly asksUnshown?: true;
    };
  } | null;
  readonly policy: GatePolicy | null;
  readonly measurements: readonly Measurement[];
  readonly examined: ReadonlyMap<TreeId, Examined>;
  readonly hollowed: ReadonlyMap<TreeId, Hollowed>;
  readonly questions: readonly { readonly question: Question; readonly answer: Answer | null }[];
  readonly plan: Plan | null;
  /** Only a part of the goal is judged: one of its tasks, or a merged tree. Null: the goal as a whole. */
  readonly focus: { readonly whole?: true; readonly task?: string | null } | null;
}

/** Whether the goal is judged, and not a part of it. */
export const isWhole = ({ focus }: { readonly focus: { readonly whole?: true } | null }): boolean =>
  focus === null || focus.whole === true;

/** Whether the work of one of several tasks is judged, which is judged again with other work before it lands. */
export const isBeforeMerge = ({ focus, created }: Pick<Evidence, 'focus' | 'created'>): boolean =>
  created?.options.canariesMerged === true && typeof focus?.task === 'string' && focus.whole !== true;

export const answerTo = (
  { questions }: Pick<Evidence, 'questions'>,
  code: Question['code'],
  subject: string,
): Answer | null =>
  questions.findLast((each) => each.question.code === code && each.question.subject === subject)?.answer ?? null;
