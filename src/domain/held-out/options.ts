import { isWhole } from '../evidence/evidence.ts';
import type { RepoPath } from '../ids.ts';
import { acceptedChecks, handedIn, type WithHeldOut } from './evidence.ts';
import type { HeldOutFile, HeldOutOptions } from '../evidence/held-out.ts';

/** The checks that are laid over the candidates of a goal; null where there are none, and for a part of it. */
export const heldOutOf = (state: WithHeldOut): HeldOutOptions | null =>
  isWhole(state) ? (state.created?.options.heldOut ?? handedIn(state)?.checks ?? null) : null;

/** Whether there are checks that nobody may see yet. */
export const isSealed = (state: WithHeldOut): boolean => heldOutOf(state) !== null && state.revealed === null;

/** Those that the agent sees: frozen, so that every candidate has them as they were given. */
export const visibleOf = (state: WithHeldOut): readonly HeldOutFile[] =>
  (state.created?.options.heldOut ?? acceptedChecks(state)?.checks)?.visible ?? [];

/** Checks that no agent sees. */
export function hiddenOf(state: WithHeldOut): readonly RepoPath[] {
  const seen = new Set(visibleOf(state).map(({ path }) => path));
  return (heldOutOf(state)?.paths ?? []).filter((path) => !seen.has(path));
}

export const pathsOf = (files: readonly HeldOutFile[]): readonly RepoPath[] => files.map(({ path }) => path);
