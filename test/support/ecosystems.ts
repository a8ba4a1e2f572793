import { spawnSync } from 'node:child_process';
import type { Files } from './machine.ts';

/** A small repository with one red and some green tests, and the pieces that cases change. */
export interface Ecosystem {
  readonly name: string;
  /** The cases that matter here and stay quick enough; all of them when left out. */
  readonly cases?: readonly string[];
  /** Why the machine cannot run it, or false. */
  readonly missing: string | false;
  readonly files: Files;
  readonly subject: string;
  readonly bug: string;
  readonly fix: string;
  readonly fixed: string;
  readonly comment: string;
  readonly redTest: string;
  readonly testStart: string;
  readonly skippedStart: string;
  readonly assertion: string;
  readonly weakAssertion: string;
  readonly greenTest: string;
  readonly endMark: string;
  readonly oneMoreTest: string;
  readonly newTest: { readonly path: string; readonly content: string };
  readonly runnerConfig: { readonly path: string; readonly disarmed: string };
  readonly flip: { readonly path: string; readonly content: string; readonly more: readonly unknown[] };
  readonly exitZero: string;
  readonly patchedAssertions: string;
  readonly ownReport: string;
  readonly helper: { readonly path: string; readonly renamed: string; readonly use: string; readonly usedRenamed: string };
  readonly dependency: { readonly files: Files; readonly steps: readonly unknown[] };
}

export const found = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

const JS_SUBJECT = "import { one } from './one.js';\n\nexport const add = (a, b) => a - b * one;\n";
const JS_PACKAGE = { name: 'project', version: '1.0.0', private: true, type: 'module', scripts: { test: 'node --test' } };

export const javascript: Ecosystem = {
  name: 'javascript',
  missing: false,
  files: {
    'README.md': '# Project\n',
    'package.json': `${JSON.stringify(JS_PACKAGE, null, 2)}\n`,
    'src/add.js': JS_SUBJECT,
    'src/one.js': 'export const one = 1;\n',
    'test/add.test.js': "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { add } from '../src/add.js';\n\ntest('adds', () => {\n  assert.equal(add(2, 3), 5);\n});\n",
    'test/plain.test.js': "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n\ntest('plain', () => {\n  assert.equal(1, 1);\n});\n// end\n",
  },
  subject: 'src/add.js',
  bug: 'a - b * one',
  fix: 'a + b * one',
  fixed: JS_SUBJECT.replace('a - b', 'a + b'),
  comment: '// a comment',
  redTest: 'test/add.test.js',
  testStart: "test('adds'",
  skippedStart: "test.skip('adds'",
  assertion: 'assert.equal(add(2, 3), 5)',
  weakAssertion: 'assert.ok(add(2, 3) !== null)',
  greenTest: 'test/plain.test.js',
  endMark: '// end',
  oneMoreTest: "// end\n\ntest('one more', () => {\n  assert.equal(2, 2);\n});",
  newTest: { path: 'test/more.test.js', content: "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { add } from '../src/add.js';\n\ntest('adds more', () => assert.equal(add(20, 22), 42));\n" },
  runnerConfig: { path: 'package.json', disarmed: `${JSON.stringify({ ...JS_PACKAGE, scripts: { test: 'echo ok' } }, null, 2)}\n` },
  flip: {
    path: 'test-setup.mjs',
    content: "import assert from 'node:assert/strict';\nassert.equal = () => {};\n",
    more: [{ write: { path: 'package.json', content: `${JSON.stringify({ ...JS_PACKAGE, scripts: { test: 'node --import ./test-setup.mjs --test' } }, null, 2)}\n` } }],
  },
  exitZero: 'export const add = (a, b) => a - b;\nprocess.exit(0);\n',
  patchedAssertions: "import assert from 'node:assert';\n\nfor (const each of [assert, assert.strict]) for (const name of Object.keys(each)) if (typeof each[name] === 'function' && name !== 'strict') each[name] = () => {};\nexport const add = (a, b) => a - b;\n",
  ownReport:
    "import { readdirSync, writeFileSync } from 'node:fs';\n\nconst dir = /dir=([^&\\s]+)/.exec(process.env.NODE_OPTIONS ?? '')?.[1];\nif (dir) {\n  const at = decodeURIComponent(dir);\n  for (const name of readdirSync(at)) writeFileSync(`${at}/${name}`, JSON.stringify({ event: 'begin', reporter: 'node-test', version: 1 }) + '\\n' + JSON.stringify({ event: 'start', name: 'adds', nesting: 0, file: 'test/add.test.js', suite: false, skipped: false }) + '\\n' + JSON.stringify({ event: 'pass', name: 'adds', nesting: 0, file: 'test/add.test.js', suite: false, skipped: false }) + '\\n' + JSON.stringify({ event: 'end' }) + '\\n');\n}\nexport const add = (a, b) => a - b;\nprocess.exit(0);\n",
  helper: { path: 'src/one.js', renamed: 'src/unit.js', use: "'./one.js'", usedRenamed: "'./unit.js'" },
  dependency: {
    files: {
      'package-lock.json': `${JSON.stringify({ name: 'project', version: '1.0.0', lockfileVersion: 3, requires: true, packages: { '': { name: 'project', version: '1.0.0' } } }, null, 2)}\n`,
      'vendor/plus/package.json': '{ "name": "plus", "version": "1.0.0", "type": "module", "exports": "./index.js" }\n',
      'vendor/plus/index.js': 'export const plus = (a, b) => a + b;\n',
    },
    steps: [
      { write: { path: 'package.json', content: `${JSON.stringify({ ...JS_PACKAGE, dependencies: { plus: 'file:vendor/plus' } }, null, 2)}\n` } },
      {
        write: {
          path: 'package-lock.json',
          content: `${JSON.stringify(
            {
              name: 'project',
              version: '1.0.0',
              lockfileVersion: 3,
              requires: true,
              packages: { '': { name: 'project', version: '1.0.0', dependencies: { plus: 'file:vendor/plus' } }, 'node_modules/plus': { resolved: 'vendor/plus', link: true }, 'vendor/plus': { version: '1.0.0' } },
            },
            null,
            2,
          )}\n`,
        },
      },
      { write: { path: 'src/add.js', content: "import { plus } from 'plus';\n\nexport const add = (a, b) => plus(a, b);\n" } },
    ],
  },
};

const PY_SUBJECT = 'from one import ONE\n\n\ndef add(a, b):\n    return a - b * ONE\n';

export const python: Ecosystem = {
  name: 'python',
  missing: found('python3', '-m', 'pytest', '--version') ? false : 'python3 with pytest is not on this machine',
  files: {
    'README.md': '# Project\n',
    'pytest.ini': '[pytest]\npythonpath = src\ntestpaths = tests\n',
    'src/add.py': PY_SUBJECT,
    'src/one.py': 'ONE = 1\n',
    'tests/test_add.py': 'from add import add\n\n\ndef test_adds():\n    assert add(2, 3) == 5\n',
    'tests/test_plain.py': 'def test_plain():\n    assert 1 == 1\n# end\n',
  },
  subject: 'src/add.py',
  bug: 'a - b * ONE',
  fix: 'a + b * ONE',
  fixed: PY_SUBJECT.replace('a - b', 'a + b'),
  comment: '# a comment',
  redTest: 'tests/test_add.py',
  testStart: 'def test_adds',
  skippedStart: 'import pytest\n\n\n@pytest.mark.skip\ndef test_adds',
  assertion: 'assert add(2, 3) == 5',
  weakAssertion: 'assert add(2, 3) is not None',
  greenTest: 'tests/test_plain.py',
  endMark: '# end',
  oneMoreTest: '# end\n\n\ndef test_one_more():\n    assert 2 == 2',
  newTest: { path: 'tests/test_more.py', content: 'from add import add\n\n\ndef test_adds_more():\n    assert add(20, 22) == 42\n' },
  runnerConfig: { path: 'pytest.ini', disarmed: '[pytest]\npythonpath = src\ntestpaths = tests\naddopts = --deselect tests/test_add.py::test_adds\n' },
  flip: {
    path: 'conftest.py',
    content: "import pytest\n\n\n@pytest.hookimpl(hookwrapper=True)\ndef pytest_runtest_makereport(item, call):\n    outcome = yield\n    report = outcome.get_result()\n    report.outcome = 'passed'\n",
    more: [],
  },
  exitZero: 'import os\n\n\ndef add(a, b):\n    return a - b\n\n\nos._exit(0)\n',
  patchedAssertions:
    "import _pytest.runner\n\n_original = _pytest.runner.CallInfo.from_call.__func__\n\n\ndef _always(cls, func, when, reraise=None):\n    def quiet():\n        try:\n            return func()\n        except BaseException:\n            return None\n    return _original(cls, quiet, when, reraise)\n\n\n_pytest.runner.CallInfo.from_call = classmethod(_always)\n\n\ndef add(a, b):\n    return a - b\n",
  ownReport:
    "import json\nimport os\nimport re\n\nfound = re.search(r'--omk-report=(\\S+)', os.environ.get('PYTEST_ADDOPTS', ''))\nif found:\n    directory = found.group(1).strip(\"'\")\n    for name in os.listdir(directory):\n        with open(os.path.join(directory, name), 'w') as stream:\n            stream.write(json.dumps({'event': 'begin', 'reporter': 'pytest', 'version': 1}) + '\\n' + json.dumps({'event': 'end'}) + '\\n')\n\n\ndef add(a, b):\n    return a - b\n\n\nos._exit(0)\n",
  helper: { path: 'src/one.py', renamed: 'src/unit.py', use: 'from one', usedRenamed: 'from unit' },
  dependency: { files: {}, steps: [] },
};
