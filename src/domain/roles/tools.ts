import type { SessionRole } from './role.ts';
import type { BlobRef } from '../ids.ts';

/** What a session hands in through a tool of omk. */
export type ToolName = 'plan_submit' | 'check_submit' | 'task_propose';

/** One call of a tool that is kept: the last of its name. */
export interface HandedIn {
  readonly tool: ToolName;
  /** Its arguments as JSON. */
  readonly content: BlobRef;
}

/** What each role may hand in. Whatever lives in the sandbox may call, so the controller asks for each call. */
export const toolsOf = (role: SessionRole | undefined, hasManyTasks: boolean): readonly ToolName[] => {
  switch (role) {
    case 'planner':
      return ['plan_submit'];
    case 'oracle':
      return ['check_submit'];
    case undefined:
      return hasManyTasks ? ['task_propose'] : [];
  }
};
