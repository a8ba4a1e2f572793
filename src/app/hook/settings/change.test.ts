import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { withHooks, withoutHooks, writeSettings } from './change.ts';
import { madeFiles } from './made.ts';
import { placeOf } from './places.ts';

function project(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'omk-hooks-'));
  t.after(() => rmSync(root, { recursive: true }));
  const made = madeFiles(join(root, 'state'));
  const place = placeOf('claude', 'project', {}, join(root, 'project'));
  mkdirSync(join(root, 'project'));
  const install = async () => writeSettings(place, await withHooks(place, 'omk'), made);
  const remove = async () => writeSettings(place, await withoutHooks(place, made), made);
  return { place, folder: join(root, 'project', '.claude'), install, remove };
}

test('a settings file that omk made goes with its hooks, and so does the folder that it made', async (t) => {
  const { place, folder, install, remove } = project(t);
  await install();
  assert.ok(existsSync(place.file));
  await remove();
  assert.equal(existsSync(folder), false);
});

test('a settings file that was there stays, also where it holds nothing', async (t) => {
  const { place, folder, install, remove } = project(t);
  mkdirSync(folder);
  for (const text of ['{}\n', '{ "a": 1 }\n']) {
    writeFileSync(place.file, text);
    await install();
    await remove();
    assert.equal(readFileSync(place.file, 'utf8'), text);
  }
});

test('one that omk made stays where somebody has put something in, and with it the folder', async (t) => {
  const { place, install, remove } = project(t);
  await install();
  writeFileSync(place.file, readFileSync(place.file, 'utf8').replace('{', '{ "model": "x",'));
  await remove();
  assert.match(readFileSync(place.file, 'utf8'), /"model": "x"/);
});

test('what cannot be edited is named with its line, or with what is wrong with its hooks', async (t) => {
  const { place, folder, install } = project(t);
  mkdirSync(folder);
  writeFileSync(place.file, '{\n  "a": 1,\n  "b" 2\n}\n');
  await assert.rejects(install(), { code: 'HOOK_SETTINGS_INVALID', message: /line 3 is where it stops being JSON/ });
  writeFileSync(place.file, '{ "hooks": [] }');
  await assert.rejects(install(), { code: 'HOOK_SETTINGS_INVALID', message: /its `hooks` must be an object/ });
  const kimi = placeOf('kimi', 'user', { KIMI_CODE_HOME: folder }, folder);
  writeFileSync(kimi.file, '[a]\nb = \n');
  await assert.rejects(withHooks(kimi, 'omk'), { message: /line 2 is where it stops being TOML/ });
});
