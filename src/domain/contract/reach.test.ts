import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { gateSpec } from '../testing/build.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { GateSpec } from '../gates/gate.ts';
import { deniedIn, testsMeeting, type Reading } from './reach.ts';
import { seenLoading, type Seen } from './stand-ins.ts';

type Files = Readonly<Record<string, string>>;

type Candidate = Readonly<Record<string, string | null>>;

function asked(
  base: Files,
  candidate: Candidate,
  gates: readonly GateSpec[],
  checks: readonly string[] = [],
  named: readonly string[] = [],
  seen: Partial<Seen> = {},
): [readonly PathChange[], Reading] {
  const changes = Object.entries(candidate).map(([path, text]) => {
    const now = path in base ? 'modified' : 'added';
    const change = text === null ? 'deleted' : now;
    return {
      path,
      change,
      oldMode: change === 'added' ? '000000' : '100644',
      newMode: change === 'deleted' ? '000000' : '100644',
    } as const;
  });
  const reading: Reading = {
    mentions: async (needles) =>
      Object.entries(base)
        .filter(([, text]) => needles.some((needle) => text.includes(needle)))
        .map(([path, text]) => ({ path, text })),
    candidate: (path) => candidate[path] ?? null,
    before: (path) => base[path] ?? null,
    base: new Set(Object.keys(base)),
    gates,
    checks,
    named,
    seen: { runners: new Set(), reached: new Set(), apart: new Set(), ...seen },
  };
  return [changes, reading];
}

/** What is denied of a candidate: texts of files that are changed or added, null for one that is deleted. */
const denied = async (base: Files, candidate: Candidate, gates: readonly GateSpec[] = [gateSpec()]) =>
  [...(await deniedIn(...asked(base, candidate, gates)))].sort();
const meeting = (base: Files, candidate: Candidate) => testsMeeting(...asked(base, candidate, []));

const BASE: Files = {
  'package.json': '{"main":"src/main.js","scripts":{"test":"node build/run.js && jest"}}',
  'jest.config.js': 'module.exports = { transform: { x: "./build/transform.cjs" } }',
  'build/transform.cjs': "require('./deeper.cjs')",
  'build/deeper.cjs': '',
  'build/run.js': '',
  'src/main.js': "import './add.js'",
  'src/add.js': '',
  'src/lonely.js': '',
  'test/add.test.js': "import { add } from '../src/add.js'",
};

suite('what is denied while the tests of the base judge', () => {
  test('changed code that runners lead to and tests do not, any number of steps away', async () => {
    assert.deepEqual(await denied(BASE, { 'build/transform.cjs': 'x' }), ['build/transform.cjs']);
    assert.deepEqual(await denied(BASE, { 'build/deeper.cjs': 'x', 'build/run.js': null }), [
      'build/deeper.cjs',
      'build/run.js',
    ]);
  });

  test('what a command compares its output with, whatever it is called', async () => {
    const gates = [gateSpec({ argv: ['sh', '-c', 'node src/main.js | diff - expected.txt'] })];
    const base = { ...BASE, 'expected.txt': '5', 'notes.txt': '' };
    assert.deepEqual(await denied(base, { 'expected.txt': '6', 'notes.txt': 'x' }, gates), ['expected.txt']);
  });

  test('a new file that the product only speaks of, and not one that a test follows to its new name', async () => {
    const spoken = { 'src/add.js': '// see support/zz.js\n', 'support/zz.js': '' };
    assert.deepEqual(await denied(BASE, spoken), ['support/zz.js']);
    assert.deepEqual(await denied(BASE, { ...spoken, 'src/add.js': "import '../support/zz.js'" }), []);
    const renamed = { 'src/add.js': null, 'src/sum.js': '', 'test/add.test.js': "import { add } from '../src/sum.js'" };
    assert.deepEqual(await denied(BASE, renamed), []);
  });

  test('not what tests lead to, what the package offers, or what nothing leads to', async () => {
    assert.deepEqual(await denied(BASE, { 'src/add.js': 'x', 'src/main.js': 'y', 'src/lonely.js': 'z' }), []);
    const both = { ...BASE, 'src/add.js': "require('../build/deeper.cjs')" };
    assert.deepEqual(await denied(both, { 'build/deeper.cjs': 'x' }), []);
  });

  test('new code that neither the product nor a test of the base names', async () => {
    assert.deepEqual(await denied(BASE, { 'shadow.py': 'x', 'src/other.js': 'y' }), ['shadow.py', 'src/other.js']);
    assert.deepEqual(
      await denied(BASE, {
        'src/add.js': "import './new/one.js'",
        'src/new/one.js': "import './two.js'",
        'src/new/two.js': '',
      }),
      [],
    );
    const red = { ...BASE, 'test/mul.test.js': "import { mul } from '../src/mul.js'" };
    assert.deepEqual(await denied(red, { 'src/mul.js': 'x' }), []);
  });

  test('not what a check names that was given with the goal, and what is named from there', async () => {
    const change = {
      'test/sub.test.js': "import { sub } from '../src/sub.js'",
      'src/sub.js': "import './inner.js'",
      'src/inner.js': '',
    };
    assert.deepEqual(await denied(BASE, change), ['src/inner.js', 'src/sub.js']);
    const [changes, reading] = asked(BASE, change, [gateSpec()], ['test/sub.test.js']);
    assert.deepEqual([...(await deniedIn(changes, reading))], []);
  });

  test('code that nothing names and that was opened before the tests; not where tests lead to it', async () => {
    const change = { 'src/lonely.js': 'x', 'src/add.js': 'x' };
    const seen = { apart: new Set(['src/lonely.js', 'src/add.js']) };
    const [changes, reading] = asked(BASE, change, [gateSpec()], [], [], seen);
    assert.deepEqual([...(await deniedIn(changes, reading))], ['src/lonely.js']);
    assert.deepEqual(await denied(BASE, change), []);
  });

  test('what a runner was seen to load itself, also where tests name it, and not what tests were seen to lead to', async () => {
    const change = { 'src/add.js': 'x', 'build/deeper.cjs': 'y', 'build/transform.cjs': 'z' };
    const loaded = { outside: [], paths: [], runners: ['src/add.js'], reached: ['build/deeper.cjs'], apart: [] };
    const [changes, reading] = asked(BASE, change, [gateSpec()], [], [], seenLoading([loaded], new Set()));
    assert.deepEqual([...(await deniedIn(changes, reading))].sort(), ['build/transform.cjs', 'src/add.js']);
  });

  test('new code beside code that only runners load, whatever the change says of it; not beside the product', async () => {
    const base = { ...BASE, 'hooks/clock.cjs': '', 'hooks/rows.json': '' };
    const change = { 'hooks/more.cjs': '', 'src/add.js': "'../hooks/more.cjs'" };
    const at = async (seen: Partial<Seen>) => [...(await deniedIn(...asked(base, change, [gateSpec()], [], [], seen)))];
    assert.deepEqual(await at({ apart: new Set(['hooks/clock.cjs']) }), ['hooks/more.cjs']);
    const product = { ...base, 'test/add.test.js': "import '../hooks/clock.cjs'; import '../src/add.js'" };
    const early = { apart: new Set(['hooks/clock.cjs']) };
    assert.deepEqual([...(await deniedIn(...asked(product, change, [gateSpec()], [], [], early)))], []);
    assert.deepEqual(await at({ runners: new Set(['src/add.js']), apart: new Set(['src/main.js']) }), ['src/add.js']);
    assert.deepEqual(await at({}), []);
  });

  test('one gate that loads it by itself is enough, and tests of another gate that lead to a file are too', () => {
    const at = { outside: [], paths: [], runners: ['a'], reached: ['b'], apart: ['c', 'd'] };
    const other = { ...at, runners: [], reached: ['a', 'c'], apart: ['b', 'd'] };
    const { runners, reached, apart } = seenLoading([at, other], new Set(['a', 'b', 'e']));
    assert.deepEqual([[...runners], [...reached], [...apart].sort()], [['a'], ['b', 'c'], ['d', 'e']]);
  });

  test('not what checks name that lie in neither tree, but what the base finds elsewhere', async () => {
    const change = { 'src/sub.js': "import './inner.js'", 'src/inner.js': '' };
    const [changes, reading] = asked(BASE, change, [gateSpec()], [], ['src/sub.js']);
    assert.deepEqual([...(await deniedIn(changes, reading))], []);
    const base = { 'cli.py': 'import argparse\n', 'test_cli.py': 'import cli\n' };
    const [shadow, there] = asked(base, { 'argparse.py': '' }, [gateSpec()], [], ['argparse.py']);
    assert.deepEqual([...(await deniedIn(shadow, there))], ['argparse.py']);
  });

  test('a new file that only a runner looks for, and one that only a denied file names', async () => {
    const make = { Makefile: '-include local.make\ntest:\n\t$(RUN) ./t\n', 'src/add.c': '' };
    assert.deepEqual(await denied(make, { 'local.make': 'RUN = true', 'src/add.c': 'x' }), ['local.make']);
    const named = { 'local.make': 'RUN = true', 'src/add.c': '/* */ "./local.make" ', 'src/rows.csv': '' };
    assert.deepEqual(await denied(make, { ...named, 'src/add.c': '"../local.make" "rows.csv"' }), ['local.make']);
    assert.deepEqual(await denied(BASE, { 'x.py': 'import y', 'y.py': '' }), ['x.py', 'y.py']);
  });

  test('data is let in beside data of its sort, and where the product names it', async () => {
    const base = { ...BASE, 'src/locales/en.json': '{}' };
    assert.deepEqual(await denied(base, { 'src/locales/de.json': '{}', '.editorconfig': '', 'ci/x.yml': '' }), [
      '.editorconfig',
      'ci/x.yml',
    ]);
    assert.deepEqual(await denied(base, { 'src/add.js': "read('./rows.csv')", 'src/rows.csv': '1' }), []);
  });

  test('data in a folder that only a runner looks into is the runner’s, changed or new', async () => {
    const make = { Makefile: 'include $(wildcard conf.d/*.inc)\n', 'conf.d/a.inc': '# none' };
    assert.deepEqual(await denied(make, { 'conf.d/a.inc': 'x', 'conf.d/z.inc': 'y' }), [
      'conf.d/a.inc',
      'conf.d/z.inc',
    ]);
    const read = { ...make, 'test/a.test.js': "readdirSync('conf.d')" };
    assert.deepEqual(await denied(read, { 'conf.d/a.inc': 'x', 'conf.d/z.inc': 'y' }), []);
  });

  test('changed settings that tools find by their name are theirs', async () => {
    const base = { ...BASE, '.toolrc': '', 'settings.yml': '', 'src/pages/home.html': '', '.config/x.toml': '' };
    const changes = { '.toolrc': 'x', 'settings.yml': 'y', 'src/pages/home.html': 'z', '.config/x.toml': 'a' };
    assert.deepEqual(await denied(base, changes), ['.config/x.toml', '.toolrc', 'settings.yml', 'src/pages/home.html']);
    assert.deepEqual(await denied({ ...base, 'src/add.js': "read('../settings.yml')" }, { 'settings.yml': 'y' }), []);
  });

  test('code that begins to use a library of tests reaches into what judges it', async () => {
    const base = {
      'test/test_helper.rb': "require_relative '../tools/hook'",
      'tools/hook.rb': '# none',
      'lib/a.rb': 'Minitest',
    };
    assert.deepEqual(await denied(base, { 'tools/hook.rb': 'module Minitest::Assertions\nend' }), ['tools/hook.rb']);
    assert.deepEqual(await denied(base, { 'tools/hook.rb': 'module Hooks\nend', 'lib/a.rb': 'Minitest.x' }), []);
  });

  test('compiled code and prose are never denied', async () => {
    assert.deepEqual(await denied(BASE, { 'src/new.go': 'x', 'src/New.java': 'y', 'docs/guide.md': 'z' }), []);
  });

  test('the script of a check and what it imports are the base’s; a program of the product is not', async () => {
    const base = {
      ...BASE,
      'scripts/verify.js': "import './lib/report.js'\nimport '../src/add.js'",
      'scripts/lib/report.js': '',
    };
    const check = (...argv: [string, ...string[]]) => [gateSpec({ id: 'check-1', argv })];
    const changes = { 'scripts/lib/report.js': 'x', 'src/add.js': 'y' };
    assert.deepEqual(await denied(base, changes, check('node', 'scripts/verify.js')), ['scripts/lib/report.js']);
    assert.deepEqual(await denied({ 'cli.js': '' }, { 'cli.js': 'x' }, check('node', 'cli.js', '--version')), []);
  });
});

test('a module that a command runs is what it tries', async () => {
  const base = { 'src/tool/__init__.py': '' };
  const by = (...argv: [string, ...string[]]) => denied(base, { 'src/tool/_extra.py': '' }, [gateSpec({ argv })]);
  assert.deepEqual(await by('python3', '-c', 'import sys; from tool._extra import f'), []);
  assert.deepEqual(await by('sh', '-c', 'python3 -c "from tool import _extra"'), []);
  assert.deepEqual(await by('python3', '-m', 'tool._extra'), []);
  assert.deepEqual(await by('python3', '-c', 'import tool'), ['src/tool/_extra.py']);
});

suite('tests that lead to changed code', () => {
  test('over other files, and in compiled languages from the same folder or by the name of a class', async () => {
    const base = { ...BASE, 'test/main.test.js': "import '../src/main.js'", 'test/other.test.js': '' };
    assert.deepEqual(await meeting(base, { 'src/add.js': 'x' }), ['test/add.test.js', 'test/main.test.js']);
    const compiled = {
      'calc/add_test.go': 'Add(1)',
      'calc/add.go': '',
      'other/o_test.go': '',
      'src/test/A/MulTest.java': 'Mul.mul(2)',
    };
    assert.deepEqual(await meeting(compiled, { 'calc/add.go': 'x' }), ['calc/add_test.go']);
    assert.deepEqual(await meeting({ ...compiled, 'src/main/Mul.java': '' }, { 'src/main/Mul.java': 'x' }), [
      'src/test/A/MulTest.java',
    ]);
  });

  test('none for new code and for data', async () => {
    assert.deepEqual(await meeting(BASE, { 'src/new.js': 'x', 'README.md': 'y' }), []);
  });
});
