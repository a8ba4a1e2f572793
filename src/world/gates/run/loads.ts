import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classify, isTestCode } from '../../../domain/contract/classify.ts';
import type { Loads, TestReport } from '../../../domain/gates/evidence.ts';
import { baselineRounds } from '../../../domain/gates/baseline.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import type { RunGateRequest } from '../port.ts';
import type { Reader } from '../readers/port.ts';
import { treeFiles } from '../tree-files.ts';
import type { RunFolder } from './folder.ts';

/** More is no list of files. */
const LARGEST = 64 * 1024 * 1024;
const MOST_FILES = 5000;

/** The last run of the base is watched: if that changed what it shows, the first one tells. */
export const tellsLoads = ({ gate, purpose, round }: RunGateRequest): boolean =>
  purpose === 'baseline' && round === Math.max(...baselineRounds(gate));

/** The report, with who loads what where the run told it. */
export async function withLoads(
  { vault, tree }: RunGateRequest,
  { loads: how }: Reader,
  folder: RunFolder,
  report: TestReport,
): Promise<TestReport> {
  if (report.kind !== 'tests' || !how) return report;
  const { passed, failed, skipped, broken = [] } = report.tests;
  const named = [...passed, ...failed, ...skipped].map((id) => id.split(' > ')[0] ?? '');
  const texts = [...(await textsIn(folder.loads)), ...(how.left ? await textsLeft(folder.checkout, how.left) : [])];
  // Not every runner names tests by their files.
  const loads = how.read(texts, new Set([...named, ...broken])) ?? how.read(texts, await testCode(vault, tree));
  if (loads === null || ('reached' in loads && loads.reached.length > MOST_FILES)) return { ...report, untold: true };
  const told = 'reached' in loads ? { outside: [], ...ofTheProject(loads) } : loads;
  return { ...report, loaded: { paths: [], ...told, ...report.loaded } };
}

const testCode = async (vault: RunGateRequest['vault'], tree: TreeId): Promise<ReadonlySet<RepoPath>> =>
  new Set((await treeFiles(vault, tree).list()).map(({ path }) => path).filter(isTestCode));

const ofTheProject = ({ reached, runners, apart }: Loads): Loads => {
  const own = (paths: readonly RepoPath[]): readonly RepoPath[] => paths.filter((path) => classify(path) === 'source');
  return { reached: own(reached), runners: own(runners), apart: own(apart) };
};

const textsIn = async (folder: string): Promise<readonly string[]> =>
  textsOf((await readdir(folder)).sort().map((name) => join(folder, name)));

/** Files of such a name in a checkout. */
async function textsLeft(checkout: string, named: RegExp): Promise<readonly string[]> {
  const found = (await readdir(checkout, { recursive: true })).filter((path) => named.test(path)).sort();
  return textsOf(found.map((path) => join(checkout, path)));
}

async function textsOf(paths: readonly string[]): Promise<readonly string[]> {
  const stats = await Promise.all(paths.map((path) => lstat(path)));
  const isPlain = stats.every((each) => each.isFile()) && stats.reduce((sum, { size }) => sum + size, 0) <= LARGEST;
  return isPlain ? Promise.all(paths.map((path) => readFile(path, 'utf8'))) : [];
}
