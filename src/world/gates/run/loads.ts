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
  const texts = await textsIn(folder.loads);
  // Not every runner names tests by their files.
  const loads = how.read(texts, new Set([...named, ...broken])) ?? how.read(texts, await testCode(vault, tree));
  if (loads === null || loads.reached.length > MOST_FILES) return { ...report, untold: true };
  return { ...report, loaded: { outside: [], paths: [], ...report.loaded, ...ofTheProject(loads) } };
}

const testCode = async (vault: RunGateRequest['vault'], tree: TreeId): Promise<ReadonlySet<RepoPath>> =>
  new Set((await treeFiles(vault, tree).list()).map(({ path }) => path).filter(isTestCode));

const ofTheProject = ({ reached, runners, apart }: Loads): Loads => {
  const own = (paths: readonly RepoPath[]): readonly RepoPath[] => paths.filter((path) => classify(path) === 'source');
  return { reached: own(reached), runners: own(runners), apart: own(apart) };
};

async function textsIn(folder: string): Promise<readonly string[]> {
  const paths = (await readdir(folder)).sort().map((name) => join(folder, name));
  const stats = await Promise.all(paths.map((path) => lstat(path)));
  const isPlain = stats.every((each) => each.isFile()) && stats.reduce((sum, { size }) => sum + size, 0) <= LARGEST;
  return isPlain ? Promise.all(paths.map((path) => readFile(path, 'utf8'))) : [];
}
