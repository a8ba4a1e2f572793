import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runGoal } from './one-goal.ts';
import { makeRepository } from './repository.ts';
import { ms, plus, type Row } from './row.ts';
import { environment, OMK, timeGood } from './time.ts';

const ROUNDS = 15;

/** How much longer than a Node that does nothing: shortest of 15, taken in turn so that the machine's moods hit all alike. */
export function coldStart(scratch: string): readonly Row[] {
  const dir = join(scratch, 'cold');
  const repository = join(dir, 'repository');
  mkdirSync(join(dir, 'home'), { recursive: true });
  writeFileSync(join(dir, 'nothing.cjs'), '');
  makeRepository(repository, 20);
  const at = { cwd: repository, env: environment(dir) };
  runGoal(dir, repository);
  const subjects = {
    node: [process.execPath, join(dir, 'nothing.cjs')],
    version: [...OMK, '--version'],
    status: [...OMK, 'goal', 'status'],
  };
  const best = { node: Infinity, version: Infinity, status: Infinity };
  for (let round = -2; round < ROUNDS; round++) {
    for (const name of ['node', 'version', 'status'] as const) {
      const took = timeGood(subjects[name], at).ms;
      if (round >= 0) best[name] = Math.min(best[name], took);
    }
  }
  return (['version', 'status'] as const).map((name) => ({
    what: name === 'version' ? 'omk --version' : 'omk goal status',
    measured: ms(best[name]),
    against: `bare node ${ms(best.node)}`,
    figure: plus(best[name] - best.node),
    aim: name === 'version' ? '≤ +10 ms' : '≤ +35 ms',
  }));
}
