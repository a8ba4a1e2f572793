import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Change } from '../../src/domain/goal/merge.ts';
import { mergeChain } from '../../src/world/git/vault/merge-chain.ts';
import { changesBetween } from '../../src/world/git/objects/changes-between.ts';
import { vaultPlace, type VaultPlace } from '../../src/world/git/vault/place.ts';
import { exponent } from './exponent.ts';
import { ms, type Row } from './row.ts';

const SIZES = [256, 512, 1_024, 2_048];
const FILES = 2_048;
const BRANCHES = 64;

/** What it takes to put accepted work together: trees of tasks that touch different files, and a look at every two of 64 branches. */
export async function merging(scratch: string): Promise<readonly Row[]> {
  const dir = join(scratch, 'merging');
  mkdirSync(dir, { recursive: true });
  const git = (args: readonly string[], input = ''): string =>
    execFileSync('git', ['--git-dir', dir, ...args], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  git(['init', '--quiet', '--bare']);
  git(['fast-import', '--quiet'], branches());
  const trees = git(['for-each-ref', '--format=%(tree)', 'refs/heads/task']).trim().split('\n');
  const base = git(['rev-parse', 'base^{tree}']).trim();
  const place = vaultPlace(dir, 'sha1');
  const took: number[] = [];
  for (const size of SIZES) {
    const changes = trees.slice(0, size).map((candidate): Change => ({ base, candidate }));
    const begun = performance.now();
    const merged = await mergeChain(place, base, changes);
    took.push(performance.now() - begun);
    if (merged.some(({ kind }) => kind !== 'clean')) throw new Error('a merge conflicted');
  }
  const of512 = took[1] ?? 0;
  return [
    {
      what: `putting 512 disjoint trees of ${FILES} files together`,
      measured: ms(of512),
      against: 'one process that compares, one that writes',
      figure: ms(of512),
      aim: '≤ 1 s',
    },
    {
      what: `growth from ${SIZES[0]} to ${SIZES.at(-1)}`,
      measured: took.map(ms).join(', '),
      against: 'linear: exponent 1',
      figure: exponent(SIZES, took).toFixed(2),
      aim: '≤ 1.1',
    },
    besideSig(dir, git, of512),
    ...(await probe(git, place, trees, base)),
  ];
}

/** The same 512 branches with sigbound, where its program is on the PATH. */
function besideSig(dir: string, git: (args: readonly string[]) => string, own: number): Row {
  const what = 'the same 512 branches with sigbound (`sig integrate`)';
  const names = git(['for-each-ref', '--count=512', '--format=%(refname:short)', 'refs/heads/task']).trim();
  const argv = ['integrate', '-repo', dir, '-base', 'base', '-no-land', '-branches', names.replaceAll('\n', ',')];
  const begun = performance.now();
  const { status, error, stderr } = spawnSync('sig', argv, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const took = performance.now() - begun;
  const row = { what, against: `omk ${ms(own)}`, aim: 'beside it' };
  if (error !== undefined) return { ...row, measured: 'NOT MEASURED: sig is not on the PATH', figure: '–' };
  if (status !== 0) return { ...row, measured: `NOT MEASURED: sig said ${stderr.trim().slice(0, 60)}`, figure: '–' };
  return { ...row, measured: ms(took), figure: `${(took / own).toFixed(2)} ×` };
}

/**
 * Whether every two of the branches go together. Two that touch different files do, and git is asked in one process about the others;
 * one that is older than 2.39 has no `--stdin`.
 */
async function probe(
  git: (args: readonly string[], input?: string) => string,
  place: VaultPlace,
  trees: readonly string[],
  base: string,
): Promise<readonly Row[]> {
  const some = Array.from({ length: BRANCHES }, (_, index) => index);
  const all = some.flatMap((one) => some.slice(one + 1).map((other) => [one, other] as const));
  const ask = (pairs: typeof all): { readonly took: number; readonly seen: number } => {
    const begun = performance.now();
    const input = pairs.map(([one, other]) => `${nameOf(one)} ${nameOf(other)}\n`).join('');
    const answers = git(['merge-tree', '--stdin', '--name-only', '--no-messages'], input).split('\0');
    return { took: performance.now() - begun, seen: answers.filter((part) => /^[0-9a-f]{40}$/.test(part)).length };
  };
  const begun = performance.now();
  const edits = await changesBetween(
    place.call,
    some.map((index) => [base, trees[index] ?? '']),
  );
  const touched = new Map(some.map((tree, index) => [tree, new Set(edits[index]?.map(({ path }) => path))]));
  const meet = all.filter(
    ([one, other]) => !(touched.get(one)?.isDisjointFrom(touched.get(other) ?? new Set()) ?? true),
  );
  if (meet.length > 0) ask(meet);
  const told = performance.now() - begun;
  const asked = ask(all);
  return [
    {
      what: `every two of ${BRANCHES} branches, ${all.length} pairs`,
      measured: `${ms(told)}, ${meet.length} pairs that meet asked of git`,
      against: `all asked, in one git merge-tree --stdin (git 2.39): ${ms(asked.took)}, ${asked.seen} trees`,
      figure: ms(told),
      aim: '≤ 1 s',
    },
  ];
}

const nameOf = (index: number): string => `refs/heads/task/${String(index).padStart(5, '0')}`;

/** A base, and so many branches from it that each change one file. */
function branches(): string {
  const who = 'committer bench <bench@localhost> 0 +0000\ndata 0\n';
  const inline = (path: string, text: string): string => `M 100644 inline ${path}\ndata ${text.length}\n${text}\n`;
  const path = (index: number): string => `src/area${index % 32}/part${index}.js`;
  const files = Array.from({ length: FILES }, (_, index) => inline(path(index), `export const part = ${index};\n`));
  const tasks = Array.from(
    { length: SIZES.at(-1) ?? 0 },
    (_, index) =>
      `commit ${nameOf(index)}\n${who}from refs/heads/base\n${inline(path(index), `export const part = -${index};\n`)}\n`,
  );
  return `commit refs/heads/base\n${who}${files.join('')}\n${tasks.join('')}`;
}
