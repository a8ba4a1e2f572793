import type { GoalId } from '../../../domain/ids.ts';
/** A command about a goal, in a text that was recorded without the goal's name. */
const UNNAMED = /\bomk goal (resume|answer|show|diff|log|apply|budget-add)\b(?! g-)/gu;

/** Puts the goal's name behind each command that works on it, so that the command does what is meant wherever it is typed. */
export const nameGoal = (text: string, goal: GoalId): string =>
  text.replace(UNNAMED, (_, command: string) => `omk goal ${command} ${goal}`);
