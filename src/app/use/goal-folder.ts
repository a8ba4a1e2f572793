export { projectGoal } from '../../store/projections/project.ts';
export { writeGoalFolder } from '../../store/projections/write.ts';
