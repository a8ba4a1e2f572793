import { preloaded } from '../../../world/gates/readers/preloaded.ts';

export const uvu = preloaded('uvu', { programs: /^uvu$/, shows: /(?:require\(\s*|from\s+)['"]uvu['"]/ });
