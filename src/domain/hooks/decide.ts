import type { TreeId } from '../ids.ts';
/** What omk says of the working tree when an agent wants to stop. `told` is for the person, `reason` for the agent. */
export type StopVerdict =
  /** Nothing differs from the base, or from what was ready. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'ready'; readonly tree: TreeId; readonly told: string }
  | { readonly kind: 'not_ready'; readonly tree: TreeId; readonly reason: string; readonly told: string }
  /** Only a person can decide. `reason`: what the agent may mend instead, null where there is nothing. */
  | { readonly kind: 'question'; readonly tree: TreeId; readonly reason: string | null; readonly told: string }
  /** omk could not judge. */
  | { readonly kind: 'unable'; readonly code: string; readonly told: string };

export type StopDecision =
  | { readonly kind: 'allow'; readonly told: string | null }
  /** The agent is sent back to work. */
  | { readonly kind: 'block'; readonly reason: string };

/** What omk remembers of one session of another agent. */
export interface HookSession {
  /** The repository, and the commit its HEAD was at; null: not known yet. */
  readonly root: string | null;
  readonly base: string | null;
  /** How often in a row the agent was sent back. */
  readonly rounds: number;
  /** The newest tree that was ready, and the newest with which it was let go although it was not. */
  readonly ready: string | null;
  readonly letGo: string | null;
  /** Reasons that come with a question and were given once. */
  readonly given: readonly string[];
  /** Codes of failures of omk that were said. */
  readonly failures: readonly string[];
}

export const NEW_SESSION: HookSession = {
  root: null,
  base: null,
  rounds: 0,
  ready: null,
  letGo: null,
  given: [],
  failures: [],
};

/** Failures that are no surprise where a hook is installed for every folder: said once in a session. */
const ONCE = new Set(['NOT_A_REPOSITORY', 'NO_COMMITS', 'NO_GATE', 'BARE_REPOSITORY']);
/** How many reasons are remembered. */
const REMEMBERED = 50;

interface Asked {
  readonly verdict: StopVerdict;
  /** The agent says that no stop hook sent it back since a person last spoke; null: it does not say. */
  readonly isFirst: boolean | null;
  /** How often in a row an agent is sent back. */
  readonly most: number;
}

/** Whether an agent may stop. It is sent back `most` times in a row at the most, and never for what omk cannot do. */
export function decideStop(
  session: HookSession,
  { verdict, isFirst, most }: Asked,
): { readonly decision: StopDecision; readonly session: HookSession } {
  const rounds = isFirst === true ? 0 : session.rounds;
  const allow = (told: string | null, left: Partial<HookSession> = {}) => ({
    decision: { kind: 'allow' as const, told },
    session: { ...session, rounds: 0, ...left },
  });
  const block = (reason: string, given = session.given) => ({
    decision: { kind: 'block' as const, reason },
    session: { ...session, rounds: rounds + 1, given: given.slice(-REMEMBERED) },
  });
  switch (verdict.kind) {
    case 'unchanged':
      return allow(null);
    case 'ready':
      return allow(verdict.told, { ready: verdict.tree });
    case 'unable':
      return ONCE.has(verdict.code) && session.failures.includes(verdict.code)
        ? allow(null)
        : allow(verdict.told, { failures: [...new Set([...session.failures, verdict.code])] });
    case 'not_ready':
      return rounds >= most || session.letGo === verdict.tree
        ? allow(verdict.told, { letGo: verdict.tree })
        : block(verdict.reason);
    case 'question': {
      const { reason } = verdict;
      if (reason !== null && rounds < most && !session.given.includes(reason))
        return block(reason, [...session.given, reason]);
      return allow(session.letGo === verdict.tree ? null : verdict.told, { letGo: verdict.tree });
    }
  }
}
