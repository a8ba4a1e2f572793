import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { scan } from '../../../world/gates/command/scan.ts';
import type { TaskFiles } from './port.ts';
import { taskLines } from './python.ts';

const NONE: TaskFiles = { tox: '', pyproject: '', noxfile: '', hatch: '' };
const lines = (line: string, files: Partial<TaskFiles>): string | null =>
  taskLines(scan(line).commands[0] ?? [], { ...NONE, ...files })?.join(' && ') ?? null;

const TOX = `[tox]
envlist = py{38,39}, pypy3
[tests]
folder = tests unit
[testenv]
deps = pytest
setenv =
    LEVEL = 1
    cov: OTHER = 2
commands =
    pytest --basetemp={envtmpdir} \\
        {posargs:{[tests]folder}}
    lint: flake8
[testenv:docs]
commands = sphinx-build docs
`;

test('tox is what its environments run, once, with arguments behind the divider', () => {
  assert.equal(lines('tox', { tox: TOX }), 'export LEVEL=1 && pytest --basetemp=$TMPDIR tests unit');
  assert.equal(
    lines('uvx tox -e py311 -- -k "a b"', { tox: TOX }),
    "export LEVEL=1 && pytest --basetemp=$TMPDIR -k 'a b'",
  );
  assert.equal(
    lines('python3 -m tox -epy38-cov', { tox: TOX.replace('commands =', 'changedir = src\ncommands =') }) ?? '',
    'cd src && export LEVEL=1 && export OTHER=2 && pytest --basetemp=$TMPDIR tests unit',
  );
});

test('an environment that runs no tests, or is not known, is left to tox', () => {
  assert.equal(lines('tox -e py38,docs', { tox: TOX }), null);
  assert.equal(lines('tox -e other', { tox: TOX }), null);
  assert.equal(lines('tox', { tox: '[testenv]\ncommands = pytest {unknown}\n' }), null);
  assert.equal(lines('tox', { tox: '[testenv]\ncommands = - pytest\n' }), null);
  assert.equal(lines('tox', {}), null);
});

test('settings of tox in pyproject.toml, in both forms', () => {
  const legacy = '[tool.tox]\nlegacy_tox_ini = """\n[testenv]\ncommands = python -m unittest\n"""\n';
  assert.equal(lines('tox', { pyproject: legacy }), 'python -m unittest');
  const own =
    '[tool.tox]\nenv_list = ["3.11"]\n[tool.tox.env_run_base]\n' +
    'commands = [["pytest", "-v", { replace = "posargs", default = ["tests"], extend = true }]]\n';
  assert.equal(lines('tox', { pyproject: own }), 'pytest -v tests');
});

const NOX = `import nox
nox.options.sessions = ["tests"]

@nox.session(python=["3.11", "3.12"])
def tests(session):
    session.install("-r", "requirements.txt")
    session.run("pytest", "-q", *session.posargs, env={})

@nox.session
def lint(session: nox.Session) -> None:
    session.run("pre-commit", "run", "--all-files")

@nox.session(name="made")
def made_(session):
    session.run("pytest", f"--{name}")
`;

test('nox is what the session runs, where that stands there in words', () => {
  assert.equal(lines('nox', { noxfile: NOX }), 'pytest -q');
  assert.equal(lines('nox -s tests-3.11 -- -k a', { noxfile: NOX }), 'pytest -q -k a');
  assert.equal(lines('nox --session=lint', { noxfile: NOX }), null);
  assert.equal(lines('nox -s made', { noxfile: NOX }), null);
  assert.equal(lines('nox', { noxfile: NOX.replace('nox.options', 'x') }), null);
});

test('hatch is what its scripts run, or the command behind it', () => {
  const hatch =
    '[envs.default.scripts]\ntest = "pytest {args:tests}"\ncov = ["test --cov", "coverage report"]\nfmt = "black ."\n';
  const pyproject = '[tool.hatch.envs.unit.scripts]\nall = "python -m unittest"\n';
  assert.equal(lines('hatch run test', { hatch }), 'pytest tests');
  assert.equal(lines('hatch run cov', { hatch }), 'pytest --cov && coverage report');
  assert.equal(lines('hatch run unit:all', { pyproject }), 'python -m unittest');
  assert.equal(lines('hatch run pytest -q', {}), 'pytest -q');
  assert.equal(lines('hatch test -k a', {}), 'pytest -k a');
  assert.equal(lines('hatch run fmt', { hatch }), null);
  assert.equal(lines('hatch test --all', {}), null);
});

test('property: no text of these files makes it throw', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(TOX, NOX),
    fc.array(fc.constantFrom(...TOX.split('\n'))).map((all) => all.join('\n')),
  );
  fc.assert(
    fc.property(fc.constantFrom('tox', 'tox -e a', 'nox', 'hatch run a:b', 'hatch test'), text, (line, file) => {
      lines(line, { tox: file, pyproject: file, noxfile: file, hatch: file });
    }),
  );
});
