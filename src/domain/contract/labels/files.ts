import type { TestChange } from './change.ts';
import { compare, worstFirst } from './compare.ts';
import { holds } from './hold.ts';
import type { Placed } from './pair.ts';
import type { FileSides, ReadFile } from './test-case.ts';
import { lostOnlyUnused } from './unused.ts';

/** The labels of all changed test files. A file that differs from the base's never goes without one. */
export function compareFiles(files: readonly FileSides[]): readonly TestChange[] {
  const read = files.filter((file) => whyNotRead(file) === null);
  const tests = compare(
    read.flatMap((file) => placed(file, file.base)),
    read.flatMap((file) => placed(file, file.candidate)),
    new Set(files.filter(({ grown }) => grown).map(({ path }) => path)),
  );
  const named = new Set(tests.map(({ path }) => path));
  return worstFirst([...tests, ...files.flatMap((file) => ofFile(file, named.has(file.path)))]);
}

const placed = ({ path }: FileSides, side: ReadFile | null): readonly Placed[] =>
  side?.kind === 'read' ? side.tests.map((test) => ({ path, test })) : [];

function whyNotRead({ base, candidate }: FileSides): string | null {
  for (const side of [base, candidate]) if (side?.kind === 'not_read') return side.why;
  return null;
}

function ofFile(file: FileSides, isNamed: boolean): readonly TestChange[] {
  const { path, base, candidate, extended, grown } = file;
  if (base === null) return candidate?.kind === 'not_read' ? [{ kind: 'added', path, test: null }] : [];
  if (candidate === null)
    return base.kind === 'read' && base.tests.length > 0 ? [] : [{ kind: 'removed', path, test: null }];
  const why = whyNotRead(file);
  if (why !== null) return [{ kind: 'changed', path, test: null, why: 'not_read', detail: why }];
  // With its last test all that stood around it is gone, and each test is told of.
  if (base.kind === 'read' && candidate.kind === 'read' && base.tests.length > 0 && isBare(candidate)) return [];
  const isOther = base.kind === 'read' && candidate.kind === 'read' && base.rest !== candidate.rest && !extended;
  if (isOther && !lostOnlyUnused(base, candidate)) {
    const isMore = grown && holds(candidate.rest, base.rest);
    return [{ kind: 'changed', path, test: null, why: isMore ? 'more_outside' : 'outside_of_tests' }];
  }
  return isNamed ? [] : [{ kind: 'changed', path, test: null, why: 'layout' }];
}

const isBare = ({ tests, rest }: { readonly tests: readonly unknown[]; readonly rest: string }): boolean =>
  tests.length === 0 && rest.trim() === '';
