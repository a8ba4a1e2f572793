export {
  type WrittenCheck,
  approvePlan,
  documentOf,
  editPlan,
  rejectPlan,
  writtenChecks,
} from '../../engine/commands/review-plan.ts';
