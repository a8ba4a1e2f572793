import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BASE, FIX, measurement, shows } from '../testing/build.ts';
import { standsInForLibrary } from './classify.ts';
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

test('a header of C is one wherever compilers may look, and files that only sound like it are none', () => {
  for (const path of ['src/string.h', 'include/cassert', 'assert.h', 'lib/vector'])
    assert.equal(standsInForLibrary(path, '100644'), true, path);
  for (const path of ['src/strings_of_mine.h', 'src/vector.h', 'src/string.hpp', 'src/string/join.h'])
    assert.equal(standsInForLibrary(path, '100644'), false, path);
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
