import { preloaded } from '../../../world/gates/readers/preloaded.ts';

export const tape = preloaded('tape', { programs: /^tape$/, shows: /(?:require\(\s*|from\s+)['"]tape['"]/ });
