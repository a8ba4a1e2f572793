import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { makeBench, temporaryDir } from '../testing/repository.ts';

test(
  'what a vault keeps is told to git as durable',
  { skip: process.platform === 'win32' && 'the git in between is a shell script' },
  async (t) => {
    const bench = await makeBench(t, { a: '1' });
    const dir = temporaryDir(t);
    const log = join(dir, 'log');
    const { PATH = '' } = process.env;
    writeFileSync(
      join(dir, 'git'),
      `#!/bin/sh\nenv | grep -q 'committed,reference' && echo "$*" >> '${log}'\nPATH='${PATH}' exec git "$@"\n`,
    );
    chmodSync(join(dir, 'git'), 0o755);
    t.after(() => (process.env['PATH'] = PATH));
    process.env['PATH'] = `${dir}${delimiter}${PATH}`;
    const durable = async (write: () => Promise<unknown>): Promise<string> => {
      writeFileSync(log, '');
      await write();
      return existsSync(log) ? readFileSync(log, 'utf8') : '';
    };
    assert.match(
      await durable(() =>
        bench.vault.commitFiles({
          ref: 'refs/omk/proofs',
          folder: 'g',
          files: new Map([['a', Buffer.from('1')]]),
          message: 'Proof',
          at: 1,
        }),
      ),
      /fast-import/,
    );
    assert.match(
      await durable(() =>
        bench.vault.commit({
          tree: bench.pin.tree,
          parent: bench.pin.commit,
          message: 'Result',
          ref: 'refs/omk/goals/g/result',
          at: 1,
        }),
      ),
      /update-ref/,
    );
  },
);
