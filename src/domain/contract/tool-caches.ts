import type { RepoPath } from '../ids.ts';

/**
 * What tools keep for themselves and believe the next time, by ecosystem: results, compiled code, installations. None of it can be read
 * in a review, and much of it stands in the place of the work that it is the result of, so it is never part of a candidate (trust rule T8).
 * Only names that stand for nothing else. Published in docs/gates.md.
 */
const TOOL_CACHES: Readonly<Record<string, readonly RegExp[]>> = {
  javascript: [
    /\.tsbuildinfo(\/|$)/i,
    new RegExp(
      String.raw`(^|\/)\.(eslintcache|stylelintcache|prettiercache|cspellcache|jest-?cache|parcel-cache|` +
        String.raw`rollup\.cache|r[pt]t2_cache[^/]*|wireit|swc|nyc_output|pnpm-store)(\/|$)`,
      'i',
    ),
    /(^|\/)\.(turbo\/(cache|[^/]+\.log)|nx\/(cache|workspace-data)|next\/cache|angular\/cache)(\/|$)/i,
  ],
  python: [
    // Bytecode can say of itself that its source need not be looked at, or come without one.
    /(^|\/)__pycache__(\/|$)/i,
    /\.py[co](\/|$)/i,
    /(^|\/)\.(mypy_cache|dmypy\.json|ruff_cache|pytest_cache|pytype|pyre|testmondata[^/]*|tox|nox|venv|coverage)(\/|$)/i,
  ],
  rust: [
    /(^|\/)\.(fingerprint|rustc_info\.json)(\/|$)/,
    /(^|\/)target\/([\w.-]+\/)?(debug|release)\/(deps|build|incremental|examples)(\/|$)/,
  ],
  jvm: [
    /(^|\/)target\/(classes|test-classes|maven-status|surefire-reports|failsafe-reports|generated-(test-)?sources)(\/|$)/,
    /(^|\/)\.gradle(\/|$)/,
    /(^|\/)build\/classes\/(java|kotlin|groovy|scala)(\/|$)/,
  ],
  // Settings that MSBuild takes in because they lie there, too.
  dotnet: [
    /(^|\/)(bin|obj)\/(Debug|Release)(\/|$)/,
    /(^|\/)obj\/([^/]+\.(cs|fs|vb)proj\.[^/]+|project\.(assets\.json|nuget\.cache))(\/|$)/i,
  ],
  cpp: [/(^|\/)(CMakeCache\.txt|CMakeFiles|\.ninja_(deps|log))(\/|$)/i],
  php: [/(^|\/)\.(phpunit\.(result\.cache|cache)|php-cs-fixer\.cache|php_cs\.cache)(\/|$)/i],
  ruby: [/(^|\/)\.rspec_status(\/|$)/i],
  any: [/(^|\/)\.cache(\/|$)/i],
};

/** Whether a path, of a file, a link or a folder, is what a tool keeps for itself or lies in it. */
export const isToolCache = (path: RepoPath): boolean =>
  Object.values(TOOL_CACHES).some((patterns) => patterns.some((pattern) => pattern.test(path)));
