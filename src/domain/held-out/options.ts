import type { GoalState } from '../goal/state.ts';
import type { RepoPath } from '../ids.ts';
import type { HeldOutFile, HeldOutOptions } from './held-out.ts';

/** The checks that are laid over the candidates of a goal; null where there are none, and for a part of it. */
export const heldOutOf = ({ created, focus }: GoalState): HeldOutOptions | null =>
  focus === null ? (created?.options.heldOut ?? null) : null;

/** Those that the agent sees: frozen, so that every candidate has them as they were given. */
export const visibleOf = ({ created }: GoalState): readonly HeldOutFile[] => created?.options.heldOut?.visible ?? [];

/** Checks that no agent sees. */
export function hiddenOf(state: GoalState): readonly RepoPath[] {
  const seen = new Set(visibleOf(state).map(({ path }) => path));
  return (heldOutOf(state)?.paths ?? []).filter((path) => !seen.has(path));
}

export const pathsOf = (files: readonly HeldOutFile[]): readonly RepoPath[] => files.map(({ path }) => path);
