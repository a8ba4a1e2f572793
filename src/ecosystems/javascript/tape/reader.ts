import { preloaded } from '../preloaded.ts';
import { tapeCanary } from './canary.ts';
import { toldByNode } from '../loads.ts';
import type { Runner } from '../../../world/gates/runner.ts';

const tape = preloaded('tape', { programs: /^tape$/, shows: /(?:require\(\s*|from\s+)['"]tape['"]/ });

export const runner: Runner = { reader: toldByNode(tape), canary: tapeCanary };
