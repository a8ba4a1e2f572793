import type { AgentQuestion } from '../agents/agent.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';

/**
 * What only a person can answer. `subject` makes the same question asked twice one question. `task`: the only one of several tasks
 * that waits for the answer. Absent: the goal waits. `files`: the changes that a "yes" is about, in whatever tree they come again.
 * Absent, as in logs of before: it is about this subject alone.
 */
export type Question = { readonly task?: string; readonly files?: readonly PathChange[] } &
  /** Nothing shows that the goal is done. Answered with checks, or `accept`: the existing gates are enough. */
  (
    | { readonly id: string; readonly code: 'no_criterion'; readonly text: string; readonly subject: string }
    /** Required gates cannot pass here, because something is missing. Answered `accept` (go on all the same), `known_red`, or `retry`. */
    | {
        readonly id: string;
        readonly code: 'cannot_run';
        readonly text: string;
        readonly subject: string;
        readonly gates: readonly string[];
      }
    /** The candidate changes tests or runner configuration. Answered `accept` or `reject`. */
    | {
        readonly id: string;
        readonly code: 'contract_changed';
        readonly text: string;
        readonly subject: string;
        readonly paths: readonly RepoPath[];
        /** Submodules that a given change moves, so that gates could not be measured. Absent: none. */
        readonly submodules?: readonly RepoPath[];
        /** No test shows the change either, so that a "yes" also says that it is what was asked for. Absent: it says nothing of that. */
        readonly unshown?: true;
      }
    /** The candidate changes `.omk/`, which judges the next run. Answered `accept` or `reject`. */
    | {
        readonly id: string;
        readonly code: 'policy_touched';
        readonly text: string;
        readonly subject: string;
        readonly paths: readonly RepoPath[];
      }
    /**
     * The candidate holds what looks like a secret, and the agent left it there. Answered `accept` (it is none, or
     * may be delivered) or `reject`.
     */
    | {
        readonly id: string;
        readonly code: 'secret_found';
        readonly text: string;
        readonly subject: string;
        readonly paths: readonly RepoPath[];
      }
    /** Nothing but documentation changed, which no test can show. Answered `accept` or `reject`. */
    | {
        readonly id: string;
        readonly code: 'docs_only';
        readonly text: string;
        readonly subject: string;
        readonly paths: readonly RepoPath[];
      }
    /** No test shows that the change is what was asked for. Answered `accept` or `reject`. */
    | {
        readonly id: string;
        readonly code: 'nothing_shown';
        readonly text: string;
        readonly subject: string;
        readonly paths: readonly RepoPath[];
      }
    /** Checks of another session are all that is red, and may be wrong. Answered `accept` (others are written) or `reject`. */
    | {
        readonly id: string;
        readonly code: 'check_disputed';
        readonly text: string;
        readonly subject: string;
        readonly paths: readonly RepoPath[];
      }
    /** The agent asks; the text is its own. Answered with one of its options, or `reject`. */
    | {
        readonly id: string;
        readonly code: 'agent_asks';
        readonly text: string;
        readonly subject: string;
        readonly question: AgentQuestion;
      }
  );

/** Questions about one candidate, which is their subject. */
export const ABOUT_CANDIDATE = [
  'contract_changed',
  'policy_touched',
  'secret_found',
  'docs_only',
  'nothing_shown',
] as const;

export type Answer =
  /** `as`: the questions in which a person accepted these very changes before; not asked again. */
  | { readonly kind: 'accept'; readonly as?: readonly string[] }
  | { readonly kind: 'reject'; readonly note: string }
  | { readonly kind: 'checks'; readonly checks: readonly string[] }
  /** In words or a number, to a question of the agent that wants these. */
  | { readonly kind: 'text'; readonly text: string }
  /** The place of an option among those of the question. */
  | { readonly kind: 'choice'; readonly option: number }
  /** These gates are red and may stay so. */
  | { readonly kind: 'known_red'; readonly gates: readonly string[] }
  /** What was missing may be there now: the base is prepared and measured again. */
  | { readonly kind: 'retry' };
