import { preloaded } from '../preloaded.ts';
import { uvuCanary } from './canary.ts';
import { toldByNode } from '../loads.ts';
import type { Runner } from '../../../world/gates/runner.ts';

const uvu = preloaded('uvu', { programs: /^uvu$/, shows: /(?:require\(\s*|from\s+)['"]uvu['"]/ });

export const runner: Runner = { reader: toldByNode(uvu), canary: uvuCanary };
