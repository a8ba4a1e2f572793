import type { RepoPath } from '../ids.ts';
import { holdsTestsInside } from './languages.ts';

/**
 * A line of the product by which it may be right only where it is tested. `tests`: it asks whether tests run it. `equal`: an
 * equality that does not look at what it is given. `process`: it asks how it was started or built, as honest programs do too.
 */
export interface AsksWhoRuns {
  readonly path: RepoPath;
  /** Counted from 1 in the candidate. */
  readonly line: number;
  readonly kind: 'tests' | 'equal' | 'process';
  readonly text: string;
}

/** How programs ask who started them, from where they are called, and what else is loaded. */
const STARTED =
  String.raw`\bargv\b|\bARGV\b|\bos\.Args\b|\$PROGRAM_NAME\b|\$0\b|\bcurrent_exe\b|\bos\.Executable\b|\/proc\/self|` +
  String.raw`\bexecArgv\b|\bprocess\.title\b|\bgetppid\b|\bProcessHandle\b`;
const CALLED =
  String.raw`\bcaptureStackTrace\b|\binspect\.stack\b|\b_getframe\b|\bcurrentframe\b|\bextract_stack\b|` +
  String.raw`\bruntime\.Callers?\b|\bStackWalker\b|\bgetStackTrace\b|\bcaller(?:_locations)?(?:[[(]|\.\w+[?({ ])|\bBacktrace\b`;
const LOADED =
  String.raw`\bsys\.modules\b|\bflag\.Lookup\b|\bfind_spec\b|\bdefined\?|\bconst_defined\?|\bObjectSpace\b|` +
  String.raw`\brequire\.cache\b|\brequire\.main\b|\$LOADED_FEATURES\b|\bClass\.forName\b`;
const SETTINGS =
  String.raw`\bprocess\.env\b|\bimport\.meta\.env\b|` +
  String.raw`\bos\.environ\b|\bgetenv\b|\bos\.(?:Getenv|LookupEnv)\b|\bENV\b|\benv::vars?|\bgetProperty\b`;
const AGE = String.raw`\bprocess\.uptime\b|\bperformance\.(?:now|timeOrigin)\b|\bgetStartTime\b`;
const BUILD = String.raw`\bdebug_assertions\b|\bNDEBUG\b|\b__debug__\b|\bdesiredAssertionStatus\b|\bReadBuildInfo\b`;

const ASKS = new RegExp([STARTED, CALLED, LOADED, SETTINGS].join('|'));
const ASKS_OF_ITSELF = new RegExp([STARTED, CALLED, AGE, BUILD].join('|'));
/** Words for tests and for what runs them; `.test(…)` tries a pattern. */
const TESTS = new RegExp(
  String.raw`(?<![a-z.])(?:py|unit|mini|go)?tests?(?:ing)?(?![a-z])|_test\b|\.test["'\x60]|[a-z]Tests?(?![a-z])|` +
    String.raw`\b(?:jest|vitest|mocha|junit|surefire|rspec|minitest|ctest|nextest)\b|\b(?:JEST|VITEST|PYTEST|RSPEC)`,
  'i',
);
const ONLY_IN_TESTS = /\btesting\.Testing\(\)|\bcfg!\(\s*(?:not\(\s*)?test\b/;
/** Of an error that was thrown, programs print it. */
const STACK = /\.stack\b/;
const MAKES_ERROR = /\bnew\s+Error\b|\bError\(\)/;
/** The word may be put together in the lines beside. */
const BESIDE = 2;
/** Lines that only speak. */
const SPEAKS = /^(?:\/\/|\/\*|\*|--|<!--|"""|#(?!\s*(?:if|el|define|\[|!\[)))/;
const LONGEST = 2000;
const LARGEST = 300_000;

/** What a text has of these that it did not have before, wherever it stood. */
export function beginsToAsk(path: RepoPath, base: string | null, candidate: string): readonly AsksWhoRuns[] {
  if (candidate.length > LARGEST) return [];
  const old = new Set((base ?? '').split(/\r?\n/).map((line) => line.trim()));
  const lines = candidate.split(/\r?\n/).map((line) => (line.length > LONGEST ? '' : line.trim()));
  const isNew = (line: string): boolean => line !== '' && !old.has(line) && !SPEAKS.test(line);
  const found = lines.flatMap((text, index): readonly AsksWhoRuns[] => {
    const kind = isNew(text)
      ? kindOf(text, lines.slice(Math.max(0, index - BESIDE), index + BESIDE + 1).filter(isNew))
      : null;
    // Where tests stand among the product, words for tests are no sign.
    const said = kind === 'tests' && holdsTestsInside(path) && !ONLY_IN_TESTS.test(text) ? 'process' : kind;
    return said === null ? [] : [{ path, line: index + 1, kind: said, text: text.slice(0, 120) }];
  });
  return [...found, ...blindEqualities(path, candidate, old)];
}

function kindOf(line: string, around: readonly string[]): 'tests' | 'process' | null {
  const ownStack = STACK.test(line) && around.some((each) => MAKES_ERROR.test(each));
  const asks = ASKS.test(line) || ownStack;
  if (ONLY_IN_TESTS.test(line) || (asks && around.some((each) => TESTS.test(each)))) return 'tests';
  return ASKS_OF_ITSELF.test(line) || ownStack ? 'process' : null;
}

/** Where an equality begins, in languages that let code say what is equal, with what it is given and what stands behind that. */
const EQUALITY = new RegExp(
  String.raw`(?:\bdef\s+(?:__(?:eq|contains)__|==|eql\?|equal\?|===)\s*|\bboolean\s+equals\s*|\)\s*Is\s*|\boperator\s*==\s*|` +
    String.raw`\bfn\s+eq\s*|\basymmetricMatch\s*|\[Symbol\.hasInstance\]\s*|\bbool\s+Equals\s*)` +
    String.raw`\(([^(){}\n]{0,200})\)([^\n]{0,200})\n?([^\n]{0,200})\n?([^\n]{0,200})`,
  'g',
);
const YES = /(?:^|[{:;,=>]|\breturn)\s*\(?(?:true|True)\)?\s*(?:[;}]|$)/;

/** Equalities that say yes without having looked. */
function blindEqualities(path: RepoPath, text: string, old: ReadonlySet<string>): readonly AsksWhoRuns[] {
  return [...text.matchAll(EQUALITY)].flatMap(
    ({ index, 0: whole, 1: given = '', 2: rest = '', 3: next = '', 4: last = '' }) => {
      const body = bodyOf([rest, next, last]);
      const isNew = whole.split('\n').some((line) => line.trim() !== '' && !old.has(line.trim()));
      if (!isNew || !YES.test(body) || looksAt(given, body)) return [];
      const line = text.slice(0, index).split('\n').length;
      return [{ path, line, kind: 'equal' as const, text: (whole.split('\n')[0] ?? '').trim().slice(0, 120) }];
    },
  );
}

/** Up to the line that says what comes out. */
function bodyOf(lines: readonly string[]): string {
  const upTo = lines.findIndex((line) => YES.test(line.trim()));
  return lines
    .slice(0, upTo + 1)
    .map((line) => line.trim())
    .join('\n');
}

const looksAt = (given: string, body: string): boolean => {
  const name = /(\w+)\s*(?::[^,]*)?$/.exec(
    given
      .split(',')
      .at(-1)
      ?.replace(/\s+(?:error|Object|bool)\s*$/, '')
      .trim() ?? '',
  )?.[1];
  const seen = body.replace(/\(void\)\s*\w+/g, '');
  return (
    /\b(?:if|unless|and|or|&&|\|\|)\b|&&|\|\|/.test(seen) ||
    (name !== undefined && new RegExp(`\\b${name}\\b`).test(seen))
  );
};
