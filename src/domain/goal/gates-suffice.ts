import { answerTo, type GoalState } from './state.ts';

/**
 * Whether the gates decide alone that a goal is done: a person said so, or asked to go on with a pull request, whose own
 * checks and reviewers say what is left to be shown.
 */
export const gatesSuffice = (state: GoalState): boolean =>
  state.created?.origin?.kind === 'pull_request' || answerTo(state, 'no_criterion', 'goal')?.kind === 'accept';
