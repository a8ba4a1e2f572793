import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openGit } from '../open.ts';
import { makeRepository, temporaryDir, userGit } from '../testing/repository.ts';

test('a vault is made once, by however many processes, with no template, hook or remote', async (t) => {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'r'), { a: '1' });
  const state = join(dir, 'state');
  const { pin } = await openGit({ stateDir: state }).inspect(root);
  const vaults = await Promise.all(Array.from({ length: 5 }, () => openGit({ stateDir: state }).openVault(pin)));
  assert.deepEqual([...new Set(vaults.map(({ dir: at }) => at))], [join(state, 'vaults', `${pin.id}.git`)]);
  assert.deepEqual(readdirSync(join(state, 'vaults')), [`${pin.id}.git`]);
  assert.equal(statSync(join(state, 'vaults')).mode & 0o777, 0o700);
  const vault = vaults[0]?.dir ?? '';
  assert.equal(existsSync(join(vault, 'hooks')), false);
  assert.equal(
    userGit(vault, 'config', '--local', '--name-only', '--list')
      .split('\n')
      .every((key) => key.startsWith('core.')),
    true,
  );
});

test('what a killed process left in a vault goes after a day, and not before', async (t) => {
  const dir = temporaryDir(t);
  const git = openGit({ stateDir: join(dir, 'state') });
  const { pin } = await git.inspect(makeRepository(join(dir, 'r'), { a: '1' }));
  const temporary = join((await git.openVault(pin)).dir, 'omk-tmp');
  for (const name of ['old', 'young']) mkdirSync(join(temporary, name), { recursive: true });
  utimesSync(join(temporary, 'old'), 1, 1);
  await openGit({ stateDir: join(dir, 'state') }).openVault(pin);
  assert.deepEqual(readdirSync(temporary), ['young']);
});
