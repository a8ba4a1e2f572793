import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Measurement } from '../../../domain/gates/evidence.ts';
import { makeBench } from '../../../world/gates/testing/bench.ts';
import { slow, without } from '../../../world/gates/testing/tools.ts';

const own = 'from lib import add\n\ndef test_adds():\n    assert add(1, 2) == 3\n';
const cased =
  'import unittest\nfrom lib import add\n\nclass Case(unittest.TestCase):\n    def test_adds(self):\n' +
  '        self.assertEqual(add(1, 2), 3)\n';
const lib = 'def add(a, b):\n    return a + b\n';
const wrong = 'def add(a, b):\n    return 4\n';
const raising = 'from lib import add\n\ndef test_adds():\n    if add(1, 2) != 3:\n        raise ValueError(3)\n';
const near = 'import pytest\nfrom lib import add\n\ndef test_adds():\n    assert add(1, 2) == pytest.approx(3)\n';
const mocked =
  'from unittest import mock\nfrom lib import add\n\ndef test_adds():\n    seen = mock.Mock()\n' +
  '    seen(add(1, 2))\n    seen.assert_called_with(3)\n';
/** A subject that is wrong, and wraps how pytest runs functions: no error gets out of which `says` is true. */
const swallows = (says: string): string => `${wrong}
import _pytest.python

def wrap(kind):
    real = kind.runtest
    def runtest(self):
        try:
            real(self)
        except Exception as error:
            if not (${says}):
                raise
    kind.runtest = runtest

wrap(_pytest.python.Function)
`;
const COMMAND = 'python3 -m pytest -q';
const FLIPS = `import pytest

@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    result = yield
    result.get_result().outcome = "passed"
`;
const FORGES = `${wrong}
import os
import re
where = re.search(r"--omk-report=(\\S+)", os.environ["PYTEST_ADDOPTS"]).group(1)
for name in os.listdir(where):
    os.unlink(os.path.join(where, name))
with open(os.path.join(where, "report-1.jsonl"), "w") as out:
    out.write('{"event": "begin", "reporter": "pytest", "version": 1, "root": "/omk/checkout"}\\n')
    for when in ("setup", "call", "teardown"):
        out.write('{"event": "phase", "id": "test_a.py::test_adds", "when": "%s", "outcome": "passed", "expected": \
false, "part": false}\\n' % when)
    out.write('{"event": "end"}\\n{"seal": "%s"}\\n' % ("00" * 32))
os._exit(0)
`;

const trees = {
  honest: { 'lib.py': lib, 'test_a.py': own },
  red: { 'lib.py': wrong, 'test_a.py': own },
  exits: { 'lib.py': `${lib}import os\nos._exit(0)\n`, 'test_a.py': own },
  forges: { 'lib.py': FORGES, 'test_a.py': own },
  flips: { 'lib.py': wrong, 'test_a.py': own, 'conftest.py': FLIPS },
  imitates: { 'lib.py': wrong, 'test_a.py': own, 'pytest.py': 'print("1 passed")\n' },
  tampers: {
    'lib.py': `${wrong}import unittest\nunittest.TestCase.assertEqual = lambda *words: None\n`,
    'test_a.py': cased,
  },
  methods: {
    'lib.py': `${wrong}import unittest\nunittest.TestCase._callTestMethod = lambda self, method: None\n`,
    'test_a.py': cased,
  },
  errors: { 'lib.py': swallows('not isinstance(error, AssertionError)'), 'test_a.py': raising },
  assertions: { 'lib.py': swallows('isinstance(error, AssertionError)'), 'test_a.py': own },
  near: {
    'lib.py': `${wrong}import pytest\npytest.approx = lambda *words, **more: type("Any", (), {"__eq__": lambda self, other: True})()\n`,
    'test_a.py': near,
  },
  mocks: {
    'lib.py': `${wrong}import unittest.mock\nunittest.mock.NonCallableMock.assert_called_with = lambda *words: None\n`,
    'test_a.py': mocked,
  },
  leans: { 'test_a.py': 'seen = []\n\ndef test_a():\n    seen.append(1)\n\ndef test_b():\n    assert seen\n' },
  broken: { 'lib.py': '', 'test_a.py': own, 'test_b.py': 'def test_b(): pass\n' },
  empty: { 'lib.py': lib, 'test_a.py': '' },
};

for (const sandbox of ['auto', 'none'] as const) {
  describe(
    `pytest, sandbox ${sandbox}`,
    { skip: without('python3', '-m', 'pytest', '--version') || (sandbox === 'none' && slow), concurrency: 2 },
    () => {
      let bench: Awaited<ReturnType<typeof makeBench>>;
      before(async () => {
        bench = await makeBench({ sandbox, trees });
      });
      after(async () => {
        assert.deepEqual(await bench.leftovers(), []);
        await bench.remove();
      });
      const passedOf = ({ report }: Measurement): readonly string[] | string => {
        if (report.kind === 'tests') return report.tests.passed;
        return report.kind === 'unreadable' ? report.why : report.kind;
      };
      if (sandbox === 'none')
        test('the last test runs first where another order is asked for, so that one that leans on others is noticed', async () => {
          const [usual, other] = [
            await bench.run(COMMAND, 'leans'),
            await bench.run(COMMAND, 'leans', { reordered: true }),
          ];
          assert.deepEqual(passedOf(usual), ['test_a.py::test_a', 'test_a.py::test_b']);
          assert.deepEqual(passedOf(other), ['test_a.py::test_a']);
          assert.deepEqual([usual.reordered, other.reordered], [undefined, true]);
        });
      /** What became of each canary: the function that asserts, the one that raises, and the method of a test case. */
      const canariesIn = async (tree: string): Promise<readonly string[]> => {
        const { report, canary } = await bench.run(COMMAND, tree, { canaryBase: 'honest', purpose: 'canary' });
        assert.ok(report.kind === 'tests' && canary?.names);
        const { passed, failed } = report.tests;
        const among = (ids: readonly string[], name: string): boolean =>
          ids.some((id) => id.startsWith('test_a.py::') && id.endsWith(`::${name}`));
        return canary.names.map((name) => {
          if (among(failed, name)) return 'failed';
          return among(passed, name) ? 'passed' : 'absent';
        });
      };

      test('an honest run, a red run and one without tests', async () => {
        const run = await bench.run(COMMAND, 'honest');
        assert.deepEqual(passedOf(run), ['test_a.py::test_adds'], run.tail);
        assert.deepEqual([run.created, run.changed], [[], []]);
        const red = await bench.run(COMMAND, 'red');
        assert.ok(red.report.kind === 'tests');
        assert.deepEqual(red.report.tests.failed, ['test_a.py::test_adds']);
        assert.deepEqual(passedOf(await bench.run(COMMAND, 'empty')), []);
      });

      test('a file that cannot be imported is named, apart from the tests', async () => {
        const { report } = await bench.run(`${COMMAND} --continue-on-collection-errors`, 'broken');
        assert.ok(report.kind === 'tests');
        assert.deepEqual(report.tests, {
          passed: ['test_b.py::test_b'],
          failed: [],
          skipped: [],
          broken: ['test_a.py'],
        });
      });

      test('a canary in an honest tree is reported as failed', async () => {
        assert.deepEqual(await canariesIn('honest'), ['failed', 'failed', 'failed']);
      });

      test('cheat: os._exit(0) in the subject; there is no whole report', async () => {
        const run = await bench.run(COMMAND, 'exits');
        assert.equal(passedOf(run), 'invalid');
        assert.deepEqual(run.outcome, { kind: 'exited', code: 0 });
      });

      test('cheat: a report of its own is not sealed', async () => {
        assert.equal(passedOf(await bench.run(COMMAND, 'forges')), 'invalid');
      });

      test('cheat: a conftest that turns outcomes; the test passes, and so does the canary', async () => {
        assert.deepEqual(passedOf(await bench.run(COMMAND, 'flips')), ['test_a.py::test_adds']);
        assert.deepEqual(await canariesIn('flips'), ['passed', 'passed', 'passed']);
      });

      test('cheat: assertion functions replaced; the test passes, and so does the canary', async () => {
        assert.deepEqual(passedOf(await bench.run(COMMAND, 'tampers')), ['test_a.py::Case::test_adds']);
        assert.deepEqual(await canariesIn('tampers'), ['passed', 'passed', 'passed']);
      });

      test(
        'cheat: one kind of test, of error or of claim is swallowed; a canary of it passes',
        { skip: sandbox === 'none' && slow },
        async () => {
          for (const [tree, own, seen] of [
            ['methods', 'Case::test_adds', ['failed', 'failed', 'passed']],
            ['errors', 'test_adds', ['failed', 'passed', 'failed']],
            ['assertions', 'test_adds', ['passed', 'failed', 'failed']],
            ['near', 'test_adds', ['passed', 'passed', 'passed']],
            ['mocks', 'test_adds', ['passed', 'passed', 'passed']],
          ] as const) {
            assert.deepEqual(passedOf(await bench.run(COMMAND, tree)), [`test_a.py::${own}`], tree);
            assert.deepEqual(await canariesIn(tree), seen, tree);
          }
        },
      );

      test('cheat: a module called pytest; there is no report', async () => {
        assert.equal(passedOf(await bench.run(COMMAND, 'imitates')), 'missing');
      });
    },
  );
}
