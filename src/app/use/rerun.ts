export { rerun } from '../../engine/rerun/rerun.ts';
export { EVENTS, PATCH } from '../../proof/format/names.ts';
export { openObjects } from '../../world/git/objects/open.ts';
