import type { Outcome } from '../../../app/backlog/outcome.ts';

/** What a person types next about a goal of a queue; null where nothing is left to do. */
export function nextCommand({
  did,
  goal,
  state,
  error,
}: Pick<Outcome, 'did' | 'goal' | 'state' | 'error'>): string | null {
  // Another process makes the goal right now.
  if (did === 'left' && goal === null) return 'omk goal list';
  if (goal === null || state === null) return null;
  switch (state.status) {
    case 'ready':
      if (error !== null) return `omk goal open-pr ${goal}`;
      if (state.delivery.merged) return null;
      return state.delivery.pullRequest ? `omk goal merge ${goal}` : `omk goal apply ${goal}`;
    case 'cancelled':
      return null;
    case 'running':
      // After a failure no process works on it.
      return error === null ? `omk goal watch ${goal}` : `omk goal resume ${goal}`;
    case 'needs_more_budget':
      return `omk goal budget ${goal}`;
    case 'paused':
    case 'failed_infra':
    case 'blocked_on_external':
      return `omk goal resume ${goal}`;
    case 'blocked_on_human':
    case 'not_ready':
      return `omk goal show ${goal}`;
  }
}
