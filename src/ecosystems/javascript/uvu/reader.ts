import { preloaded } from '../preloaded.ts';

export const uvu = preloaded('uvu', { programs: /^uvu$/, shows: /(?:require\(\s*|from\s+)['"]uvu['"]/ });
