export { goalsOf } from '../../engine/collect/goals.ts';
export { worktreesOf } from '../../engine/collect/worktrees.ts';
