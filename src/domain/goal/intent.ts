import type { GateRun } from '../evidence/assess.ts';
import type { TreeId } from '../ids.ts';
import type { CommandRun } from '../plan/command.ts';
import type { SessionRole } from '../roles/role.ts';
import type { GoalEvent } from './event.ts';
import type { Link } from './chain.ts';
import type { Change, MergeOf } from './merge.ts';
import type { Next } from './rung.ts';
import type { WaitedFor } from './waited-for.ts';

/** Why a turn is prompted: decides what the prompt says. */
export type TurnReason = 'first' | 'feedback' | 'continue';

/** Something the engine should do next. The key names it once: what has been done is never named again. */
export type Intent = { readonly key: string } & (
  | { readonly kind: 'resolve_policy' }
  | { readonly kind: 'prepare_dependencies' }
  /** `landing`: accepted work waits for it, and it goes before runs of work that is not judged yet. */
  | { readonly kind: 'run_gate'; readonly run: GateRun; readonly landing?: true }
  | {
      readonly kind: 'start_attempt';
      readonly attempt: number;
      readonly task: string;
      readonly next?: Next;
      readonly role?: SessionRole;
    }
  | { readonly kind: 'run_turn'; readonly attempt: number; readonly turn: number; readonly reason: TurnReason }
  /** `detail` is what the agent says about it. */
  | {
      readonly kind: 'wait';
      readonly attempt: number;
      readonly turn: number;
      readonly why: WaitedFor;
      readonly detail: string;
    }
  | { readonly kind: 'take_snapshot'; readonly attempt: number; readonly turn: number }
  | { readonly kind: 'examine'; readonly candidate: TreeId }
  /** The facts of the goal are looked up in a tree. */
  | { readonly kind: 'read_facts'; readonly tree: TreeId }
  /** A command whose output or time is compared is run in a tree. */
  | { readonly kind: 'observe'; readonly run: CommandRun }
  /** The candidate without what it does is made. */
  | { readonly kind: 'hollow'; readonly candidate: TreeId }
  /** What a planner handed in is read by rule. */
  | { readonly kind: 'read_plan'; readonly attempt: number; readonly turn: number }
  /** What an oracle left is read by rule. */
  | { readonly kind: 'read_checks'; readonly attempt: number; readonly turn: number }
  /** Held-out checks become part of the log. */
  | { readonly kind: 'reveal' }
  | { readonly kind: 'integrate'; readonly candidate: TreeId }
  /** What an agent proposed in a turn is ruled on. */
  | { readonly kind: 'read_proposal'; readonly attempt: number; readonly turn: number }
  /** The tests of a head are laid over what was made from it. */
  | { readonly kind: 'lay_tests'; readonly start: TreeId; readonly candidate: TreeId }
  /** A candidate is merged onto another tree, without a worktree. */
  | { readonly kind: 'merge'; readonly of: MergeOf; readonly behind: readonly Change[] }
  /** Merged work becomes commits on the head, one for each task. */
  | { readonly kind: 'land'; readonly links: readonly Link[] }
  /** Needs nothing of the world: append the event. */
  | { readonly kind: 'record'; readonly event: GoalEvent }
);
