import type { RepoPath } from '../../../domain/ids.ts';
import type { Names, NameStyle } from './names.ts';

/** How tests that must fail are written for one runner: several shapes, as a subject may swallow only one of them. */
export interface CanaryMaker {
  /** Files that say which tests there are, so that a canary is in them wherever else it is. Absent: tests say it themselves. */
  readonly declares?: RegExp;
  /** How its tests are named; a name ends the id of its test in a report. */
  readonly style: NameStyle;
  /** How many tests `plant` writes into each file: the first of the names it is given. */
  readonly tests: 1 | 2 | 3 | 4;
  /** Test files of a tree, most likely to be run first. */
  candidates(paths: readonly RepoPath[]): readonly RepoPath[];
  /** The file with the canaries at its end; null when this file cannot carry them. Pure. */
  plant(path: RepoPath, content: string, names: Names): string | null;
  /** Files whose tests share one space of names: one of them carries the canaries. Every file has its own when left out. */
  scope?(path: RepoPath): string;
  /** Options of the runner, as one argument, with which not every canary would be run: by name, or up to the first failure. */
  readonly filters: RegExp;
  /** Configuration files, and what in one of them says that a canary would not be among the tests. */
  readonly unless?: { readonly files: readonly string[]; readonly says: RegExp };
}

/** What is not a test file of the project itself goes last, then short and early names go first. */
export function ordered(paths: readonly RepoPath[]): readonly RepoPath[] {
  const rank = (path: RepoPath): number =>
    /(?:^|\/)(?:fixtures?|__fixtures__|examples?|samples?|e2e|integration|bench(?:marks?)?|testdata)\//.test(path)
      ? 1
      : 0;
  return paths
    .filter((path) => !/(?:^|\/)(?:node_modules|vendor|dist|build|\.?venv|site-packages)\//.test(path))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Other commands of the same gate that would refuse the file for the look of the canary, before its tests run. */
export const MINDS_LOOKS =
  /\b(?:prettier|biome|dprint|oxfmt|standard|xo|eclint|editorconfig-checker|black|isort|yapf|ruff\s+format|gofmt|gofumpt)\b/;
