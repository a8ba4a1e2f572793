export { rerun } from '../../engine/rerun/rerun.ts';
