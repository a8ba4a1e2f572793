export { adoptGoals } from '../../engine/commands/adopt.ts';
export { findGoal } from '../../engine/commands/find.ts';
