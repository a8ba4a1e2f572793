export type { GoalSummary, Store } from '../store/port.ts';
