export { type Merging, mergeGoal } from '../../engine/delivery/merge.ts';
