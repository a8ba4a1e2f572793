import { preloaded } from '../preloaded.ts';

export const jasmine = preloaded('jasmine', {
  programs: /^jasmine(?:-ts)?$/,
  shows: /(?:require\(\s*|from\s+|import\(\s*)['"]jasmine['"]/,
  noRun: /^(?:init|examples|enumerate|help|-h|--help|version|-v|--version)$/,
});
