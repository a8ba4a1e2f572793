import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ChangeKind, PathChange } from '../git/snapshot.ts';
import { planContract, type ContractPlan } from './overlay.ts';

type Sides = Readonly<Record<string, readonly [string | null, string | null]>>;

const FILE = '100644';
const changed = (path: string, change: ChangeKind, modes: Partial<PathChange> = {}): PathChange => ({
  path,
  change,
  oldMode: change === 'added' ? '000000' : FILE,
  newMode: change === 'deleted' ? '000000' : FILE,
  ...modes,
});
const whole = (changes: readonly PathChange[], sides: Sides = {}, denied: readonly string[] = []): ContractPlan =>
  planContract(
    changes,
    (path) => ({ base: sides[path]?.[0] ?? null, candidate: sides[path]?.[1] ?? null }),
    undefined,
    new Set(denied),
  );
/** What is laid over, without what is asked. */
const plan = (changes: readonly PathChange[], sides: Sides = {}): Omit<ContractPlan, 'asks' | 'reversal'> => {
  const { asks: _asks, reversal: _reversal, ...rest } = whole(changes, sides);
  return rest;
};
const NOTHING = { edits: [], changes: [], extended: [], policyPaths: [], merged: new Map() };

suite('planContract', () => {
  test('leaves source alone', () => {
    assert.deepEqual(
      plan([changed('src/a.ts', 'modified'), changed('src/b.ts', 'added'), changed('c.py', 'deleted')]),
      NOTHING,
    );
  });

  test('leaves a test that follows a renamed file of the product', () => {
    const [before, after] = ["import '../src/a.ts';\nx", "import '../src/b.ts';\nx"];
    const changes = [
      changed('src/a.ts', 'deleted'),
      changed('src/b.ts', 'added'),
      changed('test/a.test.ts', 'modified'),
    ];
    const sides: Sides = { 'test/a.test.ts': [before, after] };
    assert.deepEqual(plan(changes, sides), { ...NOTHING, extended: ['test/a.test.ts'] });
    assert.notDeepEqual(whole(changes, sides, ['src/b.ts']).edits, []);
  });

  test('puts edited and deleted tests back and takes added test code out, which could change what the base’s tests meet', () => {
    const found = plan(
      [changed('test/a.test.js', 'modified'), changed('test/b.test.js', 'deleted'), changed('test/c.test.js', 'added')],
      { 'test/a.test.js': ['a\n', 'b\n'] },
    );
    assert.deepEqual(found, {
      ...NOTHING,
      edits: [
        { path: 'test/a.test.js', action: 'restore' },
        { path: 'test/b.test.js', action: 'restore' },
        { path: 'test/c.test.js', action: 'remove' },
      ],
      changes: [
        { path: 'test/a.test.js', change: 'edited' },
        { path: 'test/b.test.js', change: 'deleted' },
      ],
    });
  });

  test('puts a test that only grew back too, but does not call it a change', () => {
    const base = "test('a', () => {\n});\n";
    const found = plan([changed('a.test.js', 'modified')], { 'a.test.js': [base, `${base}test('b', () => {\n});\n`] });
    assert.deepEqual(found, { ...NOTHING, edits: [{ path: 'a.test.js', action: 'restore' }], extended: ['a.test.js'] });
  });

  test('a test that became executable, a link, or no text, did not only grow', () => {
    for (const newMode of ['100755', '120000'])
      assert.deepEqual(plan([changed('a.test.js', 'modified', { newMode })], { 'a.test.js': ['a', 'a'] }).extended, []);
    assert.deepEqual(plan([changed('a.test.js', 'modified')], { 'a.test.js': ['a', null] }).changes, [
      { path: 'a.test.js', change: 'edited' },
    ]);
  });

  test('puts runner files back and takes added ones out', () => {
    const found = plan([
      changed('vitest.config.ts', 'modified'),
      changed('tests/conftest.py', 'added'),
      changed('pytest.ini', 'deleted'),
    ]);
    assert.deepEqual(found.edits, [
      { path: 'vitest.config.ts', action: 'restore' },
      { path: 'tests/conftest.py', action: 'remove' },
      { path: 'pytest.ini', action: 'restore' },
    ]);
    assert.deepEqual(
      found.changes.map(({ change }) => change),
      ['edited', 'added', 'deleted'],
    );
  });

  test('names what touches .omk/, and judges without it', () => {
    const found = plan([
      changed('.omk/gates.toml', 'modified'),
      changed('.omk/x', 'added'),
      changed('.omk/y', 'deleted'),
    ]);
    assert.deepEqual(found.policyPaths, ['.omk/gates.toml', '.omk/x', '.omk/y']);
    assert.deepEqual(
      found.edits.map(({ action }) => action),
      ['restore', 'remove', 'restore'],
    );
    assert.deepEqual(found.changes, []);
  });

  test('takes an added Go file with TestMain out, however it is written', () => {
    for (const text of ['func TestMain(m *testing.M) {}', 'func /* */ TestMain(m *testing.M) {}'])
      assert.deepEqual(plan([changed('a_test.go', 'added')], { 'a_test.go': [null, text] }).edits, [
        { path: 'a_test.go', action: 'remove' },
      ]);
    assert.deepEqual(
      plan([changed('a_test.go', 'added')], { 'a_test.go': [null, 'func TestMainly(t *testing.T) {}'] }).changes,
      [],
    );
  });

  test('added code in a folder of tests is taken out, data and source folders stay', () => {
    const paths = ['tests/__init__.py', 'tests/test_aaa.py', 'src/add_test.go'];
    assert.deepEqual(plan(paths.map((path) => changed(path, 'added'))), {
      ...NOTHING,
      edits: paths.map((path) => ({ path, action: 'remove' })),
    });
    assert.deepEqual(plan(['tests/data.json', 'src/spec/schema.js'].map((path) => changed(path, 'added'))), NOTHING);
  });

  test('a link is what lies behind it', () => {
    assert.deepEqual(plan([changed('node_modules', 'added', { newMode: '120000' })]).changes, [
      { path: 'node_modules', change: 'added' },
    ]);
    assert.deepEqual(plan([changed('docs', 'added', { newMode: '120000' })]), NOTHING);
  });

  test('a new script that nothing starts is the candidate’s own; one beside a script of the base is not', () => {
    const after = (scripts: unknown): unknown =>
      plan([changed('package.json', 'modified')], { 'package.json': [PACKAGE, JSON.stringify({ scripts })] }).edits
        .length;
    assert.equal(after({ test: 'node --test', start: 'node .' }), 0);
    assert.equal(after({ test: 'node --test', pretest: 'true' }), 1);
    assert.equal(after({ test: 'true', start: 'node .' }), 1);
    assert.equal(after({}), 1);
  });

  const PACKAGE = '{"scripts":{"test":"node --test"}}';

  test('merges package.json, and leaves it where its runner part is the same', () => {
    const cheat = plan([changed('package.json', 'modified')], {
      'package.json': [PACKAGE, '{"version":"2","scripts":{"test":"true"}}'],
    });
    assert.deepEqual(cheat.edits, [{ path: 'package.json', action: 'merge' }]);
    assert.deepEqual(JSON.parse(cheat.merged.get('package.json') ?? ''), {
      version: '2',
      scripts: { test: 'node --test' },
    });
    assert.deepEqual(cheat.changes, [{ path: 'package.json', change: 'edited' }]);
    assert.deepEqual(
      plan([changed('package.json', 'modified')], { 'package.json': [PACKAGE, `{"version":"2",${PACKAGE.slice(1)}`] }),
      NOTHING,
    );
  });

  test('a manifest that is gone, a link, or no text is the base’s again', () => {
    assert.deepEqual(plan([changed('package.json', 'deleted')], { 'package.json': [PACKAGE, null] }).edits, [
      { path: 'package.json', action: 'restore' },
    ]);
    assert.deepEqual(
      plan([changed('package.json', 'modified', { newMode: '120000' })], { 'package.json': [PACKAGE, PACKAGE] }).edits,
      [{ path: 'package.json', action: 'restore' }],
    );
    assert.deepEqual(plan([changed('package.json', 'modified')], { 'package.json': [null, PACKAGE] }).edits, [
      { path: 'package.json', action: 'restore' },
    ]);
  });

  test('an added manifest brings no settings with it', () => {
    const python = plan([changed('pyproject.toml', 'added')], {
      'pyproject.toml': [null, '[tool.pytest.ini_options]\naddopts = "-p evil"\n'],
    });
    assert.deepEqual(
      [python.edits, python.changes],
      [[{ path: 'pyproject.toml', action: 'remove' }], [{ path: 'pyproject.toml', change: 'added' }]],
    );
    const npm = plan([changed('a/package.json', 'added')], { 'a/package.json': [null, '{"name":"a","jest":{}}'] });
    assert.deepEqual(
      [npm.edits, npm.changes],
      [[{ path: 'a/package.json', action: 'merge' }], [{ path: 'a/package.json', change: 'added' }]],
    );
    assert.deepEqual(plan([changed('a/package.json', 'added')], { 'a/package.json': [null, '{"name":"a"}'] }), NOTHING);
    assert.deepEqual(plan([changed('a/package.json', 'added')], {}).edits, [
      { path: 'a/package.json', action: 'remove' },
    ]);
  });

  test('takes out what stands in the way of a file that comes back, and first', () => {
    const link = plan([changed('test/a.test.js', 'deleted'), changed('test', 'added', { newMode: '120000' })]);
    assert.deepEqual(link.edits, [
      { path: 'test', action: 'remove' },
      { path: 'test/a.test.js', action: 'restore' },
    ]);
    const folder = plan([changed('jest.config.js', 'deleted'), changed('jest.config.js/index.txt', 'added')]);
    assert.deepEqual(folder.edits, [
      { path: 'jest.config.js/index.txt', action: 'remove' },
      { path: 'jest.config.js', action: 'restore' },
    ]);
    assert.deepEqual(plan([changed('test/a.test.js', 'deleted'), changed('test-data', 'added')]).edits.length, 1);
  });
});

suite('what is asked, and what runs settle', () => {
  const NVMRC = changed('.nvmrc', 'added');

  test('changed tests are asked about, runner files are not', () => {
    const found = whole([changed('test/a.test.js', 'modified'), NVMRC], { 'test/a.test.js': ['a', 'b'] });
    assert.deepEqual(found.asks, ['test/a.test.js']);
    assert.equal(found.changes.length, 2);
  });

  test('a test file that only lies elsewhere is not asked about', () => {
    const moved = [changed('test/a.test.js', 'deleted'), changed('test/b.test.js', 'added')];
    const at = (after: string) => whole(moved, { 'test/a.test.js': ['a', null], 'test/b.test.js': [null, after] });
    assert.deepEqual([at('a').asks, at('a').reversal], [[], []]);
    assert.deepEqual(at('b').asks, ['test/a.test.js']);
    const data = [changed('test/a.test.js', 'deleted'), changed('test/a.txt', 'added')];
    assert.deepEqual(whole(data, { 'test/a.test.js': ['a', null], 'test/a.txt': [null, 'a'] }).asks, [
      'test/a.test.js',
    ]);
  });

  test('what is not shown to be the product is the base’s, added or changed', () => {
    const found = whole([changed('build/x.cjs', 'modified'), changed('argparse2.py', 'added')], {}, [
      'build/x.cjs',
      'argparse2.py',
    ]);
    assert.deepEqual(found.edits, [
      { path: 'build/x.cjs', action: 'restore' },
      { path: 'argparse2.py', action: 'remove' },
    ]);
    assert.deepEqual(found.asks, []);
  });

  test('the reversal takes the product back and leaves all else', () => {
    const product = [changed('src/a.js', 'modified'), changed('src/b.js', 'added'), changed('src/c.js', 'deleted')];
    assert.deepEqual(whole(product).reversal, [], 'nothing else');
    assert.deepEqual(whole([...product, NVMRC, changed('test/new.test.js', 'added')]).reversal, [
      { path: 'src/a.js', action: 'restore' },
      { path: 'src/b.js', action: 'remove' },
      { path: 'src/c.js', action: 'restore' },
    ]);
    const settings: Sides = { 'package.json': ['{"scripts":{"test":"a"}}', '{"scripts":{"test":"b"}}'] };
    assert.deepEqual(whole([changed('src/a.js', 'modified'), changed('package.json', 'modified')], settings).reversal, [
      { path: 'src/a.js', action: 'restore' },
    ]);
  });
});
