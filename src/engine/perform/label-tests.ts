import { holdsTestsInside } from '../../domain/contract/languages.ts';
import { isTestCode, classify } from '../../domain/contract/classify.ts';
import type { TestChange, TestChanges } from '../../domain/contract/labels/change.ts';
import { compareFiles } from '../../domain/contract/labels/files.ts';
import { onlyGained } from '../../domain/contract/labels/hold.ts';
import type { ReadFile } from '../../domain/contract/labels/test-case.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import type { RepoPath } from '../../domain/ids.ts';
import { clean } from '../../domain/text/clean.ts';
import { redact } from '../../domain/text/redact.ts';
import type { SourceFile, Syntax } from '../../world/syntax/port.ts';

/** More are counted, not recorded. */
const RECORDED = 200;
/** Characters of a name. */
const LONGEST = 160;

export type Sides = ReadonlyMap<RepoPath, { readonly base: string | null; readonly candidate: string | null }>;

interface Looked {
  readonly changes: readonly PathChange[];
  /** Paths that judge, besides those that are known to by their names. */
  readonly judging: readonly RepoPath[];
  readonly extended: readonly RepoPath[];
  /** Helpers of tests, whatever else they hold. */
  readonly support: ReadonlySet<RepoPath>;
  /** Text on both sides, null where there is none. */
  readonly read: (paths: readonly RepoPath[]) => Promise<Sides>;
  /** Takes out what must not be recorded. */
  readonly mask: (text: string) => string;
}

/** What became of the tests of a candidate, or null where it changed none. */
export async function labelTests(
  syntax: Syntax,
  { changes, judging, extended, support, read, mask }: Looked,
): Promise<TestChanges | null> {
  const files: {
    readonly path: RepoPath;
    readonly base: SourceFile | null;
    readonly candidate: SourceFile | null;
    readonly unread: string | null;
  }[] = [];
  const judges = new Set(judging);
  const holding = changes.filter((each) => holdsTests(each, judges));
  const texts = await read(holding.map(({ path }) => path));
  for (const change of holding) {
    const { path } = change;
    const text = texts.get(path) ?? { base: null, candidate: null };
    const mixed = classify(path) === 'manifest' && !support.has(path);
    const side = (there: boolean, content: string | null): SourceFile | null =>
      there ? { path, text: content ?? '', mixed } : null;
    const [before, after] = [change.change !== 'added', change.change !== 'deleted'];
    const unread = (before && text.base === null) || (after && text.candidate === null) ? 'it is not a text' : null;
    files.push({ path, base: side(before, text.base), candidate: side(after, text.candidate), unread });
  }
  if (files.length === 0) return null;
  const sources = files.flatMap(({ base, candidate }) => [base, candidate]).filter((each) => each !== null);
  const results = new Map<SourceFile | null, ReadFile>();
  for (const [index, result] of (await syntax.read(sources)).entries()) results.set(sources[index] ?? null, result);
  const sideOf = (file: SourceFile | null, unread: string | null): ReadFile | null => {
    if (file === null) return null;
    return unread === null ? (results.get(file) ?? null) : { kind: 'not_read', why: unread };
  };
  const found = compareFiles(
    files.map(({ path, base, candidate, unread }) => ({
      path,
      base: sideOf(base, unread),
      candidate: sideOf(candidate, unread),
      extended: extended.includes(path),
      grown: base !== null && candidate !== null && unread === null && onlyGained(path, base.text, candidate.text),
    })),
  );
  const named = found.slice(0, RECORDED).map((change) => shown(change, mask));
  return found.length === 0 ? null : { changes: named, more: found.length - named.length };
}

/** Test files, sources that hold tests, and what the base's reports or gates show to be one. */
function holdsTests({ path, change, newMode, oldMode }: PathChange, judging: ReadonlySet<RepoPath>): boolean {
  const kind = classify(path, change === 'deleted' ? oldMode : newMode);
  if (kind === 'test') return change !== 'added' || isTestCode(path);
  return judging.has(path) && kind !== 'runner' && kind !== 'policy' && (kind !== 'manifest' || holdsTestsInside(path));
}

/** Names are the candidate's: no control characters, no secrets, no line breaks, no novels. */
function shown(change: TestChange, mask: (text: string) => string): TestChange {
  const name = (text: string): string => {
    const line = redact(mask(clean(text)), [])
      .replace(/\s+/g, ' ')
      .trim();
    return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
  };
  const test = change.test === null ? {} : { test: name(change.test) };
  if (change.kind === 'renamed') return { ...change, ...test, from: name(change.from) };
  if (change.kind !== 'weakened') return { ...change, ...test };
  const reasons = change.reasons
    .slice(0, 20)
    .map((each) => ('from' in each ? { ...each, from: name(each.from), to: name(each.to) } : each));
  return { ...change, ...test, ...(change.from === undefined ? {} : { from: name(change.from) }), reasons };
}
