import type { RepoPath } from '../../domain/ids.ts';

/** Files that JavaScript runners take for tests by their name or their folder. */
const TEST_FILE = new RegExp(
  String.raw`(?:\.|-|_|^|\/)(?:test|spec)s?\.[cm]?[jt]sx?$|(?:^|\/)(?:tests?|__tests__|` +
    String.raw`specs?)\/(?:.*\/)?[^/]+\.[cm]?[jt]sx?$|(?:^|\/)test-[^/]+\.[cm]?[jt]s$`,
);

export const isTestFile = (path: RepoPath): boolean => TEST_FILE.test(path) && !/\.d\.[cm]?ts$/.test(path);
