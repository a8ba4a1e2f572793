import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detected } from './testing/detected.ts';

test('tests of a Django app without a manage.py are run with the settings that it names', async () => {
  const files = {
    'taggit/models.py': 'from django.db import models\n',
    'tests/settings.py': 'SECRET_KEY = "x"\n',
    'tests/test_a.py': 'from django.test import TestCase\n\nclass A(TestCase):\n    def test_a(self):\n        pass\n',
  };
  const started = ['django: python3 -m django test --settings=tests.settings (test, unittest)'];
  const run = 'coverage run -m django test --settings=tests.settings {posargs}';
  for (const named of [
    { 'tox.ini': `[testenv]\ncommands =\n    ${run}\n` },
    { 'noxfile.py': 'session.run("python", "-m", "django", "test", "--settings", "tests.settings")\n' },
    { 'tox.ini': '[testenv]\nsetenv =\n  DJANGO_SETTINGS_MODULE = tests.settings\ncommands = django-admin test\n' },
  ])
    assert.deepEqual(await detected({ ...files, ...named }), started, JSON.stringify(named));
  const own = 'from django.test.runner import DiscoverRunner\nsettings.configure(SECRET_KEY="x")\n';
  assert.deepEqual(await detected({ ...files, 'runtests.py': own }), ['django: python3 runtests.py (test, exit_only)']);
  const program = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")\n';
  const asked = `${program}from django.core import management as m\nm.execute_from_command_line(sys.argv[:1] + ["test"])\n`;
  assert.deepEqual(await detected({ ...files, 'runtests.py': asked }), started);
  const classic = `import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\nget_runner(settings)\n`;
  assert.deepEqual(await detected({ ...files, 'tests/runtests.py': classic }), started);
  assert.deepEqual(await detected({ ...files, 'runtests.py': program }), ['pytest: python3 -m pytest (test, pytest)']);
  const example = { 'example/manage.py': 'import django\n', 'example/test_views.py': files['tests/test_a.py'] };
  const make = 'test:\n\tDJANGO_SETTINGS_MODULE=tests.settings \\\n\t\tpython -m django test $${TEST_ARGS:-tests}\n';
  assert.deepEqual(await detected({ ...files, ...example, Makefile: make }), started);
  const unsaid = { 'tox.ini': '[testenv]\ncommands = django-admin test\n' };
  assert.deepEqual(await detected({ ...files, ...unsaid }), ['pytest: python3 -m pytest (test, pytest)']);
  const both = { 'tox.ini': `[testenv]\ndeps = pytest-django\ncommands = ${run}\n` };
  assert.deepEqual(await detected({ ...files, ...both }), ['pytest: python3 -m pytest (test, pytest)']);
});

test('tests of Django are run by its own manage.py, unless pytest runs them', async () => {
  const files = {
    'site/manage.py': 'from django.core.management import execute_from_command_line\n',
    'site/polls/tests.py':
      'from django.test import TestCase\n\nclass A(TestCase):\n    def test_a(self):\n        pass\n',
    'site/polls/test_b.py': 'from django.test import TestCase\n',
  };
  assert.deepEqual(await detected(files), ['django: python3 manage.py test (test, unittest)']);
  assert.deepEqual(await detected({ ...files, 'requirements/dev.txt': 'pytest-django\n' }), [
    'pytest: python3 -m pytest (test, pytest)',
  ]);
  const stub = { ...files, 'site/polls/tests.py': '# Create your tests here.\n' };
  assert.deepEqual(await detected(stub), ['pytest: python3 -m pytest (test, pytest)']);
});

test('python tests that only use unittest need no pytest', async () => {
  const own = 'import unittest\n\nclass A(unittest.TestCase):\n    pass\n';
  assert.deepEqual(await detected({ 'test_a.py': own }), ['unittest: python3 -m unittest discover (test, unittest)']);
  assert.deepEqual(await detected({ 'tests/test_a.py': own }), [
    'unittest: python3 -m unittest discover -s tests (test, unittest)',
  ]);
  assert.deepEqual(await detected({ 'tests/__init__.py': '', 'tests/test_a.py': own }), [
    'unittest: python3 -m unittest discover -s tests -t . (test, unittest)',
  ]);
  assert.deepEqual(
    await detected({ 'tool/__init__.py': '', 'tool/tests/a_test.py': own }),
    ['unittest: python3 -m unittest discover -s tool -t . -p *_test.py (test, unittest)'],
    'names that end in test are found by their pattern only',
  );
  assert.deepEqual(
    await detected({
      'src/acme/core/__init__.py': '',
      'src/acme/core/tests/__init__.py': '',
      'src/acme/core/tests/test_a.py': own,
      'src/acme/core/test_b.py': own,
    }),
    ['unittest: python3 -m unittest discover -s src/acme (test, unittest)'],
    'a folder that is no package is not looked into',
  );
  assert.deepEqual(
    await detected({ 'app/a_test.py': own, 'app/b_test.py': own, 'app/c_test.py': own, 'tools/test_a.py': own }),
    ['unittest: python3 -m unittest discover -s app -p *_test.py (test, unittest)'],
    'most names decide',
  );
  const linted = { 'test_a.py': own, 'pyproject.toml': '[tool.ruff.lint.flake8-pytest-style]\n' };
  assert.deepEqual(await detected(linted), ['unittest: python3 -m unittest discover (test, unittest)']);
  const ofData = 'from suite import SUITE\n\nA = SUITE.to_unittest()\n';
  assert.deepEqual(await detected({ 'test_a.py': own, 'test_b.py': ofData }), [
    'unittest: python3 -m unittest discover (test, unittest)',
  ]);
  for (const files of [
    { 'test_a.py': own, 'test_b.py': 'def test_b(): pass\n' },
    { 'test_a.py': own, 'test_b.py': 'class TestB:\n    def test_b(self): pass\n' },
    { 'test_b.py': ofData },
    { 'test_a.py': own, 'requirements-dev.txt': 'pytest\n' },
    { 'test_a.py': own, 'conftest.py': '' },
  ]) {
    assert.deepEqual(await detected(files), ['pytest: python3 -m pytest (test, pytest)']);
  }
});
