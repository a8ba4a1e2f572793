import type { SessionRole } from './role.ts';
import type { BlobRef } from '../ids.ts';

/** What a session hands in through a tool of omk. */
export type ToolName = 'plan_submit' | 'check_submit' | 'check_dispute' | 'question_ask' | 'task_propose';

/** One call of a tool that is kept: the last of its name. */
export interface HandedIn {
  readonly tool: ToolName;
  /** Its arguments as JSON. */
  readonly content: BlobRef;
}

/** What a worker can be told of that has tools of its own. */
export interface Around {
  readonly hasManyTasks: boolean;
  /** Another session wrote checks that this one sees. */
  readonly hasChecks: boolean;
}

/**
 * What each role may hand in. A worker without any of these has no server beside it. Whatever lives in the sandbox may call, so the
 * controller asks for each call.
 */
export const toolsOf = (role: SessionRole | undefined, { hasManyTasks, hasChecks }: Around): readonly ToolName[] => {
  switch (role) {
    case 'planner':
      return ['plan_submit', 'question_ask'];
    case 'oracle':
      return ['check_submit', 'question_ask'];
    case undefined:
      if (hasManyTasks) return ['task_propose', 'question_ask'];
      return hasChecks ? ['check_dispute', 'question_ask'] : [];
  }
};
