export { type Place, inPart, sinceStart } from '../replay/part.ts';
export { type Rebuilt, rebuild, stateBefore } from '../replay/rebuild.ts';
