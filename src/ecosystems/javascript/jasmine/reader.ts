import { preloaded } from '../preloaded.ts';
import { jasmineCanary } from './canary.ts';
import { toldByNode } from '../loads.ts';
import type { Runner } from '../../../world/gates/runner.ts';

const jasmine = preloaded('jasmine', {
  programs: /^jasmine(?:-ts)?$/,
  shows: /(?:require\(\s*|from\s+|import\(\s*)['"]jasmine['"]/,
  noRun: /^(?:init|examples|enumerate|help|-h|--help|version|-v|--version)$/,
});

export const runner: Runner = { reader: toldByNode(jasmine), canary: jasmineCanary };
