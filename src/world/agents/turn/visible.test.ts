import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { OmkError } from '../../../domain/error.ts';
import { refuseExposing, showProgram } from './visible.ts';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'omk-visible-')));
after(() => rmSync(home, { recursive: true, force: true }));
const file = (path: string): string => {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), '');
  return join(home, path);
};
const shown = (path: string, hidden: readonly string[] = [home]): string[] =>
  showProgram(path, hidden).map(({ from }) => from.slice(home.length + 1));

test('a program installed by npm is shown with the packages beside it, and the link to it', () => {
  const main = file('npm/lib/node_modules/@x/agent/dist/main.mjs');
  mkdirSync(join(home, 'npm/bin'));
  symlinkSync(main, join(home, 'npm/bin/agent'));
  assert.deepEqual(shown(join(home, 'npm/bin/agent')), ['npm/lib/node_modules', 'npm/bin']);
});

test('a program of a package is shown with its package, another with its folder', () => {
  file('tool/package.json');
  assert.deepEqual(shown(file('tool/bin/tool.js')), ['tool']);
  assert.deepEqual(shown(file('loose/tool')), ['loose']);
});

test('never more than the file itself where more would show what is hidden', () => {
  file('checkout/package.json');
  const checkout = join(home, 'checkout');
  assert.deepEqual(shown(file('checkout/agent.js'), [checkout]), ['checkout/agent.js']);
  assert.deepEqual(shown(file('checkout/tools/agent.js'), [checkout]), ['checkout/tools']);
  assert.deepEqual(shown(file('in-home')), ['in-home']);
  assert.deepEqual(showProgram('/usr/bin/env', []), []);
  assert.deepEqual(showProgram(join(home, 'absent'), []), []);
});

test('an agent is not given a path around, at or inside what must stay hidden', () => {
  const state = join(home, 'data', 'omk');
  const checkout = join(home, 'src');
  for (const folder of [state, checkout, join(state, 'keys'), join(home, '.agent')])
    mkdirSync(folder, { recursive: true });
  symlinkSync(home, join(home, '.agent', 'link'));
  for (const path of [home, join(home, 'data'), state, join(state, 'keys'), checkout, join(home, '.agent/link')]) {
    assert.throws(
      () => refuseExposing([path], [state, checkout], state),
      (error) => error instanceof OmkError && error.code === 'AGENT_PATH_EXPOSES',
      path,
    );
  }
  refuseExposing([join(home, '.agent'), join(checkout, '.kimi')], [state, checkout], state);
});
