import { classify, isTestCode, isTestName } from '../contract/classify.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { HeldOutOptions } from '../evidence/held-out.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import { pathProblem } from '../plan/safe-path.ts';

/** Where an oracle puts what is no check: a wrong solution, laid out as in the repository, and which file decides what. */
const FOLDER = 'omk-oracle/';
export const WRONG = `${FOLDER}wrong/`;
export const NOTE = `${FOLDER}checks.json`;

const MOST_FILES = 20;
const MOST_BYTES = 200_000;

export interface CheckCriterion {
  readonly id: string;
  readonly text: string;
  readonly files: readonly RepoPath[];
}

/** What an oracle left after one turn, as omk read it. */
export type Submission = { readonly attempt: number; readonly turn: number; readonly tree: TreeId } &
  /** `upheld`: checks that may be wrong were looked at again, and are as they were. */
  (
    | { readonly kind: 'refused'; readonly why: readonly string[]; readonly upheld?: true }
    | {
        readonly kind: 'read';
        /** All checks, committed to; those that the worker will see by name. */
        readonly checks: HeldOutOptions;
        readonly criteria: readonly CheckCriterion[];
        readonly interface: readonly string[];
        /** Of a session that looked at checks again: those that it wrote otherwise. Absent: all are new. */
        readonly corrected?: readonly RepoPath[];
      }
  );

/** A file that an oracle left. */
export interface HandedFile extends PathChange {
  readonly bytes: number;
}

export type Handed =
  | { readonly kind: 'refused'; readonly why: readonly string[] }
  | {
      readonly kind: 'good';
      /** Tests and their data, in the order of their paths. */
      readonly checks: readonly RepoPath[];
      /** Paths of the wrong solution in the repository. */
      readonly wrong: readonly RepoPath[];
      readonly criteria: readonly CheckCriterion[];
      readonly interface: readonly string[];
    };

interface Note {
  readonly criteria: readonly CheckCriterion[];
  readonly interface: readonly string[];
}

/** The rules that need no run. `note` is the text of the file that says what decides what; null: there is none. */
export function readHanded(
  files: readonly HandedFile[],
  note: string | null,
  wanted: { readonly id: string; readonly text: string },
): Handed {
  const wrong = files.filter(({ path }) => path.startsWith(WRONG)).map(({ path }) => path.slice(WRONG.length));
  const checks = files.filter(({ path }) => !path.startsWith(FOLDER));
  const paths = checks.map(({ path }) => path).sort();
  const told = note === null ? { criteria: [], interface: [] } : parseNote(note);
  const tests = testFiles(paths, typeof told === 'string' ? [] : told.criteria);
  const criteria = typeof told !== 'string' && told.criteria.length > 0 ? told.criteria : [{ ...wanted, files: tests }];
  const why = [
    ...(typeof told === 'string' ? [told] : criterionProblems(criteria, tests)),
    ...(tests.length === 0 ? ['there is no new test file'] : []),
    ...(wrong.length === 0 ? [`there is no wrong solution in ${WRONG}`] : []),
    ...sizeProblems(files),
    ...checks.flatMap(checkProblem),
    ...wrong.flatMap(wrongProblem),
  ];
  if (why.length > 0 || typeof told === 'string') return { kind: 'refused', why };
  return { kind: 'good', checks: paths, wrong, criteria, interface: told.interface };
}

/**
 * Those that tests are in: what a criterion names, and what is named as tests are. Where nothing is, as in `tests/` of a crate and in
 * `test/` of many packages, all code among tests.
 */
function testFiles(paths: readonly RepoPath[], criteria: readonly CheckCriterion[]): readonly RepoPath[] {
  const said = new Set(criteria.flatMap(({ files }) => files));
  const named = paths.filter((path) => isTestName(path) || (isTestCode(path) && said.has(path)));
  return named.length > 0 ? named : paths.filter(isTestCode);
}

function sizeProblems(files: readonly HandedFile[]): readonly string[] {
  const bytes = files.reduce((sum, each) => sum + each.bytes, 0);
  return [
    ...(files.length > MOST_FILES ? [`there are ${files.length} files; at most ${MOST_FILES}`] : []),
    ...(bytes > MOST_BYTES ? [`the files have ${bytes} bytes; at most ${MOST_BYTES}`] : []),
  ];
}

function checkProblem({ path, change, newMode }: HandedFile): readonly string[] {
  if (change !== 'added') return [`${path} is ${change}: files may only be added`];
  if (newMode !== '100644' && newMode !== '100755') return [`${path} is no plain file`];
  if (classify(path, newMode) !== 'test') return [`${path} is no test by its path, so it would change what is judged`];
  const problem = pathProblem(path);
  return problem === null ? [] : [problem];
}

function wrongProblem(path: RepoPath): readonly string[] {
  const problem = pathProblem(path);
  if (problem !== null) return [`${WRONG}${path}: ${problem}`];
  return ['source', 'manifest'].includes(classify(path))
    ? []
    : [`${WRONG}${path}: a wrong solution holds the product, and no tests and settings of tests`];
}

/** A third of each criterion's files is hidden, so one file alone is not enough. */
function criterionProblems(criteria: readonly CheckCriterion[], tests: readonly RepoPath[]): readonly string[] {
  const named = new Set(criteria.flatMap(({ files }) => files));
  const loose = tests.filter((path) => !named.has(path));
  return [
    ...criteria.flatMap(({ id, files }) => {
      const lost = files.find((path) => !tests.includes(path));
      if (lost !== undefined) return [`criterion ${id} names ${lost}, which is no new test file`];
      return files.length < 2
        ? [`criterion ${id} needs two test files at least: one of them is hidden from the worker`]
        : [];
    }),
    ...(loose.length > 0 ? [`${loose[0]} decides no criterion`] : []),
  ];
}

/** What is wrong with a note of what decides what, or null. */
export function noteProblem(text: string): string | null {
  const note = parseNote(text);
  return typeof note === 'string' ? note : null;
}

function parseNote(text: string): Note | string {
  const wrong = `${NOTE} is not {"criteria": [{"id": "…", "text": "…", "files": ["…"]}], "interface": ["…"]}`;
  try {
    const value: unknown = JSON.parse(text);
    const criteria = at(value, 'criteria') ?? [];
    const names = at(value, 'interface') ?? [];
    if (!Array.isArray(criteria) || !isTexts(names) || criteria.length > 20 || names.length > 50) return wrong;
    const read = criteria.map((each) => ({ id: at(each, 'id'), text: at(each, 'text'), files: at(each, 'files') }));
    return read.every(isCriterion) && new Set(read.map(({ id }) => id)).size === read.length
      ? { criteria: read, interface: names }
      : wrong;
  } catch {
    return wrong;
  }
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '' && each.length <= 1000);

const isCriterion = (value: {
  readonly id: unknown;
  readonly text: unknown;
  readonly files: unknown;
}): value is CheckCriterion => isTexts([value.id, value.text]) && isTexts(value.files);

/**
 * At least a third of each criterion's test files, and not all of one that shares none: those that come first by `rank`, which
 * nobody chooses.
 */
export function hiddenOfEach(
  criteria: readonly CheckCriterion[],
  rank: (path: RepoPath) => string,
): ReadonlySet<RepoPath> {
  const hidden = new Set<RepoPath>();
  for (const { files } of criteria) {
    const sorted = [...files].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
    const wanted = Math.ceil(files.length / 3) - files.filter((path) => hidden.has(path)).length;
    for (const path of sorted.filter((each) => !hidden.has(each)).slice(0, Math.max(0, wanted))) hidden.add(path);
  }
  return hidden;
}
