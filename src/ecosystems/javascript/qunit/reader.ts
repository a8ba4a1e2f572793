import { preloaded } from '../preloaded.ts';
import { qunitCanary } from './canary.ts';
import { toldByNode } from '../loads.ts';
import type { Runner } from '../../../world/gates/runner.ts';

const qunit = preloaded('qunit', {
  programs: /^qunit$/,
  shows: /(?:require\(\s*|from\s+)['"]qunit(?:js)?['"]/,
  noRun: /^(?:-w|--watch|-h|--help|-V|--version)$/,
});

export const runner: Runner = { reader: toldByNode(qunit), canary: qunitCanary };
