import type { TestChanges } from '../../domain/contract/labels/change.ts';
import type { Standing } from '../../domain/criteria/standing.ts';
import type { Origin } from '../../domain/delivery/delivery.ts';
import type { Question } from '../../domain/evidence/question.ts';
import type { Verdict } from '../../domain/gates/verdict.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import type { BlockingGapCode, Gap } from '../../domain/goal/gap.ts';
import type { Step } from '../../domain/goal/step.ts';
import type { HeldOut } from '../../domain/held-out/assess.ts';
import type { CommitId, GoalId, TreeId } from '../../domain/ids.ts';
import type { Status } from '../../domain/status.ts';

/** What the agents used, as they say; null where they said nothing of it. */
export interface Used {
  readonly tokens: string | null;
  readonly dollars: string | null;
}

/** What a person can do about a goal: a command to one who types, a button to one who clicks. */
export type NextStep =
  | {
      readonly does:
        | 'apply'
        | 'apply_not_ready'
        | 'verify'
        | 'look'
        | 'read_log'
        | 'read_checks'
        | 'resume'
        | 'watch'
        | 'judge_again';
    }
  | { readonly does: 'answer'; readonly with: readonly AnswerForm[]; readonly gates: readonly string[] }
  /** `mend`: as it was recorded, where no goal has a name. `as_told`: as the surface says. */
  | { readonly does: 'mend' | 'as_told'; readonly text: string };

export type AnswerForm = 'accept' | 'reject' | 'check' | 'text' | 'choose' | 'known_red';

/** How a goal stands. Texts may be an agent's or a repository's: drawing cleans them. */
interface StandingLine {
  readonly kind: 'standing';
  readonly status: Status;
  /** It runs, and no process works on it. */
  readonly deserted: boolean;
  /** The step after which it was to stop. */
  readonly after: Step | null;
  /** A change is judged as it was given: no agent works. */
  readonly given: boolean;
  readonly attempts: number;
  readonly ms: number;
  readonly used: Used;
}

/** One thing that a person is told of a goal: what kind, about what, in which figures. Words and layout are the surface's. */
export type NarrativeLine =
  | StandingLine
  /** What this machine lacks, or what comes close to its limits. */
  | { readonly kind: 'here'; readonly text: string }
  | { readonly kind: 'question'; readonly question: Question }
  /** What to do first, and what else there is. */
  | { readonly kind: 'next'; readonly steps: readonly NextStep[] }
  | {
      readonly kind: 'red_before';
      readonly gate: string;
      /** Tests that failed before any change, of those that fail; none where no test is named. */
      readonly tests: readonly string[];
      readonly failing: number;
    }
  | { readonly kind: 'goal'; readonly goal: GoalId; readonly title: string }
  | { readonly kind: 'origin'; readonly origin: Origin }
  | { readonly kind: 'given'; readonly name: string }
  | {
      readonly kind: 'work';
      readonly attempts: number;
      readonly turns: number;
      /** Sessions that made the plan or wrote its checks. */
      readonly before: number;
      readonly agent: string | null;
    }
  | { readonly kind: 'changes'; readonly files: readonly Pick<PathChange, 'path' | 'change'>[] }
  | { readonly kind: 'tests'; readonly labels: TestChanges }
  | { readonly kind: 'result'; readonly commit: CommitId; readonly tree: TreeId }
  | {
      readonly kind: 'gate';
      readonly gate: string;
      /** Null: not run on the candidate. */
      readonly verdict: Verdict | null;
      readonly flaky: boolean;
      /** Tests that passed; null where none are counted. */
      readonly passed: number | null;
    }
  | { readonly kind: 'commands'; readonly text: string }
  | {
      readonly kind: 'checks';
      /** Whether the agent never saw them. */
      readonly hidden: boolean;
      readonly files: number;
      readonly found: Exclude<HeldOut['kind'], 'none'>;
    }
  | { readonly kind: 'criterion'; readonly criterion: Standing }
  | {
      /** Tests that agents wrote, where those show that the goal is done. */
      readonly kind: 'new_tests';
      readonly tests: number;
      readonly by: string | null;
      /** Written by another session, before the work. */
      readonly before: boolean;
      /** Files that the worker did not see. */
      readonly hidden: number;
      readonly approved: boolean;
      /** How many planted faults they noticed, in words; empty where none were planted. */
      readonly faults: string;
    }
  | { readonly kind: 'failure'; readonly code: string; readonly text: string }
  | { readonly kind: 'missing'; readonly code: BlockingGapCode; readonly subject: string; readonly text: string }
  | { readonly kind: 'limit'; readonly code: Gap['code']; readonly text: string }
  | { readonly kind: 'folder'; readonly path: string };

/** Those of one kind. */
export const linesOf = <K extends NarrativeLine['kind']>(
  lines: readonly NarrativeLine[],
  kind: K,
): readonly Extract<NarrativeLine, { kind: K }>[] =>
  lines.filter((line): line is Extract<NarrativeLine, { kind: K }> => line.kind === kind);
