export { rerun } from '../../engine/rerun/rerun.ts';
export { EVENTS } from '../../proof/format/names.ts';
export { openObjects } from '../../world/git/objects/open.ts';
