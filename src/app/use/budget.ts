export { addBudget, needsExtension } from '../../engine/commands/budget-add.ts';
