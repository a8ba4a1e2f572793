import * as z from 'zod/mini';
import { ARGUMENTS_FILE, byArguments } from '../arguments.ts';
import { collector, invalidReport, relativeTo } from '../../../world/gates/readers/outcomes.ts';
import type { Injection, InjectRequest, Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import type { Started } from '../../../world/gates/command/analysis.ts';
import { vitestCanary } from './canary.ts';
import { toldByNode } from '../loads.ts';
import type { Runner } from '../../../world/gates/runner.ts';

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(
        z.object({ ancestorTitles: z.array(z.string()), title: z.string(), status: z.string() }),
      ),
    }),
  ),
});

export const vitest: Reader = {
  name: 'vitest',
  version: ['node', '--version'],
  reach: 'arguments',
  variable: 'NODE_OPTIONS',
  report: 'directory',
  several: true,
  reporter: null,
  beside: [ARGUMENTS_FILE],
  // Vite loads what it serves, which Node does not see.
  loads: { files: [{ file: 'vitest-loads.mjs', extension: '.vitest.mjs' }], read: () => null },
  recognise,
  inject,
  read,
};

/** Tools that start vitest themselves, and the words that tell them to. */
const TOOLS: Readonly<Record<string, readonly string[]>> = { 'ts-scripts': ['test', 'specs'] };

function recognise(program: string, args: readonly string[]): Started | null {
  const command = args[0] ?? '';
  if (Object.hasOwn(TOOLS, program) && !args.includes('--watch'))
    return TOOLS[program]?.includes(command) ? { args: [], behindTool: true } : null;
  if (program !== 'vitest' || args.includes('--watch')) return null;
  if (['bench', 'watch', 'dev', 'list', 'init', 'typecheck'].includes(command)) return null;
  return { args: command === 'run' || command === 'related' ? args.slice(1) : args };
}

function inject(request: InjectRequest): Injection {
  const { reportDir, injectDir, reporterName, analysis, loads, reordered } = request;
  // Every test has to have its say, also after one that failed.
  const bail = analysis?.runner.args.some((arg) => /^--bail(?:=|$)/.test(arg)) ? [] : ['--bail=0'];
  const isOften = (analysis?.runs ?? 1) > 1 || analysis?.runner.behindTool === true;
  const options = [
    '--reporter=default',
    '--reporter=json',
    ...(loads ? [`--reporter=${injectDir}/${reporterName}.vitest.mjs`] : []),
    `--outputFile.json=${reportDir}/${reporterName}${isOften ? '-{run}' : ''}.json`,
    ...bail,
    ...(reordered ? ['--sequence.shuffle', '--sequence.seed=2'] : []),
  ];
  return { ...byArguments(request, ['vitest'], options), ...(reordered ? { reordered } : {}) };
}

function read(text: string, root: string): ReadResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalidReport('the report is not JSON');
  }
  const parsed = report.safeParse(value);
  if (!parsed.success) return invalidReport('the report is not one of vitest');
  const tests = collector();
  for (const file of parsed.data.testResults) {
    if (file.assertionResults.length === 0) tests.broken(relativeTo(root, file.name));
    for (const { ancestorTitles, title, status } of file.assertionResults) {
      const id = [relativeTo(root, file.name), ...ancestorTitles.filter((name) => name !== ''), title].join(' > ');
      if (status === 'passed') tests.add(id, 'passed');
      else if (status === 'failed') tests.add(id, 'failed');
      else if (['pending', 'skipped', 'todo', 'disabled'].includes(status)) tests.add(id, 'skipped');
      else return invalidReport(`"${title}" has the unknown status "${status}"`);
    }
  }
  return tests.result();
}

export const runner: Runner = { reader: toldByNode(vitest), canary: vitestCanary };
