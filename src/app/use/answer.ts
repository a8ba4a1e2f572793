export { answerGoal } from '../../engine/commands/answer.ts';
