export { type AncestorEvent, type AncestorGoal, isAncestorGoal } from '../store/ancestor/goal.ts';
