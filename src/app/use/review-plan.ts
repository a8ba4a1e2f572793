export { type WrittenCheck, approvePlan, rejectPlan, writtenChecks } from '../../engine/commands/review-plan.ts';
