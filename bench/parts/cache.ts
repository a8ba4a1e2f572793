import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRepository } from '../../src/world/git/repository/create.ts';
import { ms, type Row } from './row.ts';
import { environment, OMK, timeGood } from './time.ts';

const SECONDS = 30;

/** A gate that takes long, run on HEAD and run again: all of `omk gates run`, from outside. */
export async function cache(scratch: string): Promise<readonly Row[]> {
  const dir = join(scratch, 'cache');
  const repository = join(dir, 'repository');
  mkdirSync(join(dir, 'home'), { recursive: true });
  mkdirSync(join(repository, '.omk'), { recursive: true });
  writeFileSync(
    join(repository, '.omk', 'gates.toml'),
    `[[gates]]\nname = "slow"\ncommand = "sleep ${SECONDS}"\nkind = "command"\n`,
  );
  await createRepository(repository, 'Start');
  const [first, second] = [1, 2].map(
    () => timeGood([...OMK, 'gates', 'run'], { cwd: repository, env: environment(dir) }).ms,
  );
  if (first === undefined || second === undefined) return [];
  return [
    {
      what: `omk gates run, same tree again`,
      measured: ms(second),
      against: ms(first),
      figure: `${((100 * second) / first).toFixed(1)} %`,
      aim: '≤ 5 %',
    },
  ];
}
