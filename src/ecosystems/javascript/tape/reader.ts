import { preloaded } from '../preloaded.ts';

export const tape = preloaded('tape', { programs: /^tape$/, shows: /(?:require\(\s*|from\s+)['"]tape['"]/ });
