import { preloaded } from '../preloaded.ts';

export const qunit = preloaded('qunit', {
  programs: /^qunit$/,
  shows: /(?:require\(\s*|from\s+)['"]qunit(?:js)?['"]/,
  noRun: /^(?:-w|--watch|-h|--help|-V|--version)$/,
});
