import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JudgeResult } from '../../src/app/judge/judge.ts';
import { createRepository } from '../../src/world/git/repository/create.ts';
import { ms, type Row } from './row.ts';
import { environment, OMK, time, timeGood } from './time.ts';

const SECONDS = 4;
const TEST =
  `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n` +
  `import { sum } from '../src/sum.js';\nimport { setTimeout } from 'node:timers/promises';\n\n` +
  `test('sum', async () => {\n  await setTimeout(${SECONDS * 1000});\n  assert.equal(sum(1, 2), 3);\n});\n`;

/** Source of the base, and of two changes that keep the test green or make it green. */
const BASES = {
  green: ['a + b', 'b + a', '0 + a + b'],
  red: ['a - b', 'b + a', '0 + a + b'],
} as const;

/** The verdict on a change whose base was measured before, against the gate runs that it makes, and the same verdict again. */
export const judge = async (scratch: string): Promise<readonly Row[]> => [
  ...(await judgeOn('green', join(scratch, 'judge'))),
  ...(await judgeOn('red', join(scratch, 'judge-red'))),
];

async function judgeOn(base: keyof typeof BASES, dir: string): Promise<readonly Row[]> {
  const repository = join(dir, 'repository');
  for (const folder of ['home', 'repository/src', 'repository/test', 'repository/.omk'])
    mkdirSync(join(dir, folder), { recursive: true });
  const write = (path: string, text: string): void => writeFileSync(join(repository, path), text);
  const [start, ...changes] = BASES[base].map((sum) => `export const sum = (a, b) => ${sum};\n`);
  write('package.json', '{ "private": true, "type": "module" }\n');
  write('.omk/gates.toml', '[[gates]]\nname = "test"\ncommand = "node"\nargs = ["--test", "test/sum.test.js"]\n');
  write('test/sum.test.js', TEST);
  write('src/sum.js', start ?? '');
  await createRepository(repository, 'Start');
  for (const text of changes) {
    write('src/sum.js', text);
    const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.invalid'];
    execFileSync('git', [...author, 'commit', '-q', '-a', '-m', text], { cwd: repository });
  }
  const where = { cwd: repository, env: environment(dir) };
  const judged = (change: string): { readonly ms: number; readonly result: JudgeResult } => {
    const ended = timeGood([...OMK, 'judge', '--json', '--tree', change, '--base', 'HEAD~2'], where);
    return { ms: ended.ms, result: JSON.parse(ended.output) };
  };
  judged('HEAD~1');
  const first = judged('HEAD');
  const again = judged('HEAD');
  const runs = first.result.runs.all - first.result.runs.cached;
  const one = time(['node', '--test', 'test/sum.test.js'], where).ms;
  return [
    {
      what: `omk judge on a known ${base} base, ${runs} gate runs, ${first.result.runs.cached} from the cache`,
      measured: ms(first.ms),
      against: `the same runs, one after the other ${ms(runs * one)}`,
      figure: `${(first.ms / (runs * one)).toFixed(2)} ×`,
      aim: `≤ 1.15 × and ${runs} s`,
    },
    {
      what: `omk judge on a ${base} base, same tree again, ${again.result.runs.cached} of ${again.result.runs.all} runs from the cache`,
      measured: ms(again.ms),
      against: ms(first.ms),
      figure: `${((100 * again.ms) / first.ms).toFixed(0)} %`,
      aim: 'no gate runs',
    },
  ];
}
