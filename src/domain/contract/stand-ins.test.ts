import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BASE, FIX, measurement, shows } from '../testing/build.ts';
import { earlyAt, loadedAt, standIns } from './stand-ins.ts';

const loaded = [{ outside: ['argparse', 'json', 'rspec/core', '_pytest'], paths: ['', 'src'] }];
const standsIn = (path: string, change: 'added' | 'modified' = 'added', newMode = '100644'): boolean =>
  standIns([{ path, change, oldMode: '000000', newMode }], loaded).has(path);

suite('a new file in the place of a library that the base found elsewhere', () => {
  test('is found where the base looks, whatever it is made of', () => {
    for (const path of [
      'argparse.py',
      'src/json.py',
      'src/json/__init__.py',
      'src/json.cpython-311-x86_64-linux-gnu.so',
      '_pytest/__init__.pyc',
      'src/rspec/core.rb',
    ])
      assert.equal(standsIn(path), true, path);
    assert.equal(standsIn('src/json', 'added', '120000'), true, 'a link to a folder');
  });

  test('is not one of another place, of another name, or that was there', () => {
    for (const path of ['lib/json.py', 'src/tools/json.py', 'src/median.py', 'src/json.txt', 'src/json/tool.py'])
      assert.equal(standsIn(path), false, path);
    assert.equal(standsIn('src/json.py', 'modified'), false);
    assert.equal(standIns([{ path: 'json.py', change: 'added', oldMode: '000000', newMode: '100644' }], []).size, 0);
  });
});

test('a header or a class is one wherever it lies, under the name that a compiler or the JVM found elsewhere', () => {
  const told = [{ outside: ['<string.h>', '<vector>', '<bits/types.h>', 'org/junit/', 'com/acme/Split'], paths: [] }];
  const is = (path: string): boolean =>
    standIns([{ path, change: 'added', oldMode: '000000', newMode: '100644' }], told).has(path);
  for (const path of [
    'src/string.h',
    'include/vector',
    'a/bits/types.h',
    'src/main/java/org/junit/Assert.java',
    'src/main/kotlin/com/acme/Split.kt',
  ])
    assert.equal(is(path), true, path);
  for (const path of [
    'src/vector.h',
    'src/types.h',
    'src/string.c',
    'src/main/java/org/junit/extra/A.java',
    'src/com/acme/B.java',
    'string.py',
  ])
    assert.equal(is(path), false, path);
});

test('only runs of the base as it is say what the base loads', () => {
  const [own] = loaded;
  assert.ok(own);
  const shown = shows({ passed: ['a'] });
  const report = shown.report.kind === 'tests' ? { ...shown.report, loaded: own } : shown.report;
  const ran = (purpose: 'baseline' | 'contract', tree: string) => [measurement({ purpose, tree, report })];
  assert.deepEqual(loadedAt(ran('baseline', BASE), BASE), [own]);
  assert.deepEqual(loadedAt(ran('baseline', FIX), BASE), []);
  assert.deepEqual(loadedAt(ran('contract', BASE), BASE), []);
});

test('where a run told what is loaded, code that was only opened before tests is what a build reads', () => {
  const shown = shows({ passed: ['a'] });
  const told = { outside: [], paths: [], reached: [], runners: [], apart: [] };
  const early = ['src/index.js', 'src/View.vue', 'tools/make.sh'];
  const at = (own: object) => {
    const report = shown.report.kind === 'tests' ? { ...shown.report, ...own } : shown.report;
    const first = measurement({ purpose: 'baseline', tree: BASE, early });
    const second = measurement({ purpose: 'baseline', tree: BASE, early, report });
    return [...earlyAt([first, second], BASE)];
  };
  assert.deepEqual(at({ loaded: told }), ['tools/make.sh']);
  assert.deepEqual(at({ loaded: { outside: [], paths: [] } }), early);
  assert.deepEqual(at({ untold: true }), early);
});
