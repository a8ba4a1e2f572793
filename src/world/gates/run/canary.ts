import { lstat, readFile, writeFile } from 'node:fs/promises';

import type { Canary } from '../../../domain/gates/evidence.ts';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { isInputOf } from '../../../domain/gates/cached.ts';
import { rankByTests } from '../../../domain/contract/test-file.ts';
import type { RepoPath } from '../../../domain/ids.ts';
import type { TreeEntry } from '../../git/port.ts';
import { canaryMaker } from '../canary/all.ts';
import { nameFrom, namesFrom } from '../canary/names.ts';
import { MINDS_LOOKS, type CanaryMaker } from '../canary/port.ts';
import { analyseIn, inside } from '../settle.ts';
import type { TreeFiles } from '../tree-files.ts';
import { repoFile } from '../../process/repo-file.ts';

/** More files than this are not planted in, those of known tests first: one that runs is enough. */
const MOST_FILES = 200;

export interface Planting {
  readonly canary: Canary;
  /** Every file with the canary in it. Which of a project's test files a gate runs is not known, so all get it that can. */
  readonly files: ReadonlyMap<RepoPath, string>;
}

/** The judged tree: which files it has, and their bytes, wherever they are cheapest to read. */
export interface Judged {
  list(): Promise<readonly TreeEntry[]>;
  bytes(path: RepoPath): Promise<Buffer | null>;
}

type Place = readonly [
  gate: GateSpec,
  hex: string,
  base: TreeFiles,
  judged: Judged,
  known?: readonly string[],
  most?: number,
];

/**
 * Where a canary goes: test files of `base` that stand in `judged` too, with the text they have there, `most` of
 * them, those first that hold tests with ids in `known`. Null when there is none.
 */
export async function planCanary(...place: Place): Promise<Planting | null> {
  const found = await findCanary(...place);
  return typeof found === 'string' ? null : found;
}

/** The same, or why there is none, as a sentence. */
export async function findCanary(
  ...[gate, hex, base, judged, known = [], most = MOST_FILES]: Place
): Promise<Planting | string> {
  const maker = canaryMaker(gate.reader);
  if (maker === null)
    return gate.reader === 'exit_only'
      ? 'no tests are counted, so there is none to forge'
      : `the reader ${gate.reader} has no canary`;
  const analysis = await analyseIn(gate, base);
  if (analysis?.beside.some((command) => MINDS_LOOKS.test(command)))
    return 'the command also checks how code looks, and would refuse it for that';
  const selects = await selection(gate, maker, base);
  if (selects !== null) return selects;
  const names = namesFrom(maker.style, nameFrom(maker.style, hex));
  const candidates = await testFiles(gate, maker, base, judged, known);
  const files = new Map<RepoPath, string>();
  const taken = new Set<string>();
  for (const path of candidates) {
    if (files.size >= most) break;
    const scope = maker.scope?.(path) ?? path;
    if (taken.has(scope)) continue;
    const text = utf8(await judged.bytes(path));
    const planted = text === null ? null : maker.plant(path, text, names);
    if (planted === null) continue;
    files.set(path, planted);
    taken.add(scope);
  }
  const [file] = files.keys();
  return file === undefined
    ? `no test file of ${gate.reader} can carry one`
    : { canary: { file, name: names[0], names: names.slice(0, maker.tests), files: [...files.keys()] }, files };
}

/** What keeps some tests from being run where others fail, or by their names; null where nothing does. */
export async function selection(gate: GateSpec, maker: CanaryMaker, base: TreeFiles): Promise<string | null> {
  const args = (await analyseIn(gate, base))?.runner.args ?? gate.argv;
  const filter = args.find((arg) => maker.filters.test(arg));
  if (filter !== undefined) return `the command selects tests or stops at the first failure (${filter})`;
  for (const file of maker.unless?.files ?? []) {
    if (maker.unless?.says.test((await base.text(inside(gate.cwd, file))) ?? ''))
      return `a setting in ${inside(gate.cwd, file)} selects tests or stops at the first failure`;
  }
  return null;
}

/** Test files of the base that stand in the judged tree too, those of known tests first. */
export async function testFiles(
  gate: GateSpec,
  maker: CanaryMaker,
  base: TreeFiles,
  judged: Judged,
  known: readonly string[],
): Promise<readonly RepoPath[]> {
  const present = new Set((await judged.list()).filter(isRegular).map(({ path }) => path));
  const inScope = (path: RepoPath): boolean =>
    present.has(path) && (gate.cwd === '.' || path.startsWith(`${gate.cwd}/`));
  const all = (await base.list()).filter(isRegular).map(({ path }) => path);
  return likelyFirst(gate, known, maker.candidates(all).filter(inScope));
}

/** Files of known tests before others, and what is no input of the gate last. */
function likelyFirst(
  { inputs = [] }: GateSpec,
  known: readonly string[],
  paths: readonly RepoPath[],
): readonly RepoPath[] {
  const rank = rankByTests(known);
  const isInput = isInputOf(inputs);
  const ranked = paths.map((path) => ({ path, rank: (isInput(path) ? 0 : 3) + rank(path) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ path }) => path);
}

/** A tree that is checked out already: its files are read there. */
export const checkedOut = (files: TreeFiles, checkout: string): Judged => ({
  list: files.list,
  bytes: (path) => readFile(repoFile(checkout, path)),
});

/** A tree that is read from the vault. */
export const inVault = (files: TreeFiles): Judged => ({
  list: files.list,
  bytes: async (path) => (await files.file(path))?.content ?? null,
});

export async function plantIn(checkout: string, planting: Planting): Promise<void> {
  for (const [path, text] of planting.files) await writeFile(repoFile(checkout, path), text);
}

/** Planted files that no longer have the text they were given. */
export async function disturbed(checkout: string, planting: Planting): Promise<RepoPath[]> {
  const changed: RepoPath[] = [];
  for (const [path, text] of planting.files) {
    const at = repoFile(checkout, path);
    const same = await lstat(at).then(
      async (stat) => stat.isFile() && (await readFile(at, 'utf8')) === text,
      () => false,
    );
    if (!same) changed.push(path);
  }
  return changed;
}

const isRegular = ({ mode }: { readonly mode: string }): boolean => mode === '100644' || mode === '100755';

export function utf8(content: Buffer | null): string | null {
  if (content === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}
