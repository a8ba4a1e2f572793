import type { Files } from './machine.ts';

/** A small project with one real dependency and one red test, for one package manager. */
export interface LayerProject {
  readonly name: string;
  /** Programs it needs besides omk's own. */
  readonly tools: readonly (readonly [string, ...string[]])[];
  /** Answers when the registry can be reached. */
  readonly registry: string;
  readonly files: Files;
  readonly subject: string;
  readonly bug: string;
  readonly fix: string;
  /** Where no report of tests can be had. */
  readonly check?: string;
  /** Too slow for every run; started by OMK_TEST_SLOW=1. */
  readonly slow?: true;
}

const NPM = 'https://registry.npmjs.org/is-number';
/** Its tests are behind a script that the manager itself starts, as in many repositories. */
const packageFor = (manager: string): string => {
  const scripts = { test: `${manager} run unit`, unit: 'node --test' };
  const dependencies = { 'is-number': '7.0.0', 'is-odd': '3.0.1' };
  const manifest = { name: 'p', version: '1.0.0', private: true, type: 'module', scripts, dependencies };
  return `${JSON.stringify(manifest, null, 2)}\n`;
};
const JAVASCRIPT = {
  '.gitignore': 'node_modules/\n',
  'src/check.js': "import isOdd from 'is-odd';\n\nexport const check = (n) => !isOdd(n);\n",
  'test/check.test.js':
    "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n" +
    "import isNumber from 'is-number';\nimport { check } from '../src/check.js';\n\n" +
    "test('checks', () => assert.equal(check(3), true));\n" +
    "test('number', () => assert.equal(isNumber('3'), true));\n",
};
const IN_JAVASCRIPT = { subject: 'src/check.js', bug: '!isOdd(n)', fix: 'isOdd(n)', registry: NPM } as const;
const PYTHON = {
  'check.py': 'import six\n\n\ndef check(value):\n    return not isinstance(value, six.string_types)\n',
  'tests/test_check.py':
    'import six\nfrom check import check\n\n\ndef test_check():\n    assert check("a")\n\n\n' +
    'def test_six():\n    assert six.__version__ == "1.16.0"\n',
  'pytest.ini': '[pytest]\npythonpath = .\ntestpaths = tests\n',
  '.gitignore': '__pycache__/\n.pytest_cache/\n',
};
const IN_PYTHON = {
  subject: 'check.py',
  bug: 'not isinstance',
  fix: 'isinstance',
  registry: 'https://pypi.org/simple/six/',
} as const;

const DJANGO_MANAGE = String.raw`#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
`;

const DJANGO_TESTS = String.raw`import unittest

from django.test import TestCase

from polls.models import Poll


class PollTests(TestCase):
    def test_votes(self):
        poll = Poll()
        poll.vote()
        self.assertEqual(Poll.objects.get().votes, 1)

    def test_none(self):
        self.assertEqual(Poll.objects.count(), 0)

    @unittest.skip("later")
    def test_later(self):
        pass
`;

const EXTENSION_PROJECT = String.raw`[build-system]
requires = ["setuptools>=64", "setuptools-scm>=8"]
build-backend = "setuptools.build_meta"

[project]
name = "fastish"
dynamic = ["version"]

[project.optional-dependencies]
six = ["six==1.16.0"]
test = ["fastish[six]", "pytest"]

[project.scripts]
fastish = "fastish:main"

[tool.setuptools_scm]
version_file = "src/fastish/_version.py"
`;

const EXTENSION = String.raw`#include <Python.h>

static PyObject *twice(PyObject *self, PyObject *args) {
    long n;
    if (!PyArg_ParseTuple(args, "l", &n)) return NULL;
    return PyLong_FromLong(n * 3);
}

static PyMethodDef methods[] = {{"twice", twice, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_fast", NULL, -1, methods};
PyMODINIT_FUNC PyInit__fast(void) { return PyModule_Create(&module); }
`;

const EXTENSION_TESTS = String.raw`import subprocess
from importlib.metadata import version

import fastish
from fastish._version import __version__


def test_twice():
    assert fastish.twice(4) == 8


def test_version():
    assert version("fastish") == __version__ == "1.2.3"


def test_program():
    assert subprocess.run(["fastish"], env={}, executable=fastish.PROGRAM).returncode == 0


def test_extra():
    import six
`;

const PNPM_LOCK = String.raw`lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
      is-number:
        specifier: 7.0.0
        version: 7.0.0
      is-odd:
        specifier: 3.0.1
        version: 3.0.1

packages:

  is-number@6.0.0:
    resolution: {integrity: sha512-Wu1VHeILBK8KAWJUAiSZQX94GmOE45Rg6/538fKwiloUu21KncEkYGPqob2oSZ5mUT73vLGrHQjKw3KMPwfDzg==}
    engines: {node: '>=0.10.0'}

  is-number@7.0.0:
    resolution: {integrity: sha512-41Cifkg6e8TylSpdtTpeLVMqvSBEVzTttHvERD741+pnZ8ANv0004MRL43QKPDlK9cGvNp6NZWZUBlbGXYxxng==}
    engines: {node: '>=0.12.0'}

  is-odd@3.0.1:
    resolution: {integrity: sha512-CQpnWPrDwmP1+SMHXZhtLtJv90yiyVfluGsX5iNCVkrhQtU3TQHsUWPG9wkdk9Lgd5yNpAg9jQEo90CBaXgWMA==}
    engines: {node: '>=4'}

snapshots:

  is-number@6.0.0: {}

  is-number@7.0.0: {}

  is-odd@3.0.1:
    dependencies:
      is-number: 6.0.0
`;

const YARN_LOCK = String.raw`# This file is generated by running "yarn install" inside your project.
# Manual changes might be lost - proceed with caution!

__metadata:
  version: 10
  cacheKey: 10c0

"is-number@npm:7.0.0":
  version: 7.0.0
  resolution: "is-number@npm:7.0.0"
  checksum: 10c0/b4686d0d3053146095ccd45346461bc8e53b80aeb7671cc52a4de02dbbf7dc0d1d2a986e2fe4ae206984b4d34ef37e8b795ebc4f4295c978373e6575e295d811
  languageName: node
  linkType: hard

"is-number@npm:^6.0.0":
  version: 6.0.0
  resolution: "is-number@npm:6.0.0"
  checksum: 10c0/5da4c68401529675c575878d2760d66f18eaef4b014858577f6003daf66488d7fe4eae684b1e8574e3fa1bb447c6c6c56b8491d2b4b3239da2d32e5f6f218008
  languageName: node
  linkType: hard

"is-odd@npm:3.0.1":
  version: 3.0.1
  resolution: "is-odd@npm:3.0.1"
  dependencies:
    is-number: "npm:^6.0.0"
  checksum: 10c0/89ee2e353c5a3f3bd400c79db1c307a5b3506198ee8169d521e533a9b1d8a08fc95f21a919c084e98845b4286d7ffe309778da03744dfe66c3c1763ab1a030c6
  languageName: node
  linkType: hard

"p@workspace:.":
  version: 0.0.0-use.local
  resolution: "p@workspace:."
  dependencies:
    is-number: "npm:7.0.0"
    is-odd: "npm:3.0.1"
  languageName: unknown
  linkType: soft
`;

const YARN_1_LOCK = String.raw`# THIS IS AN AUTOGENERATED FILE. DO NOT EDIT THIS FILE DIRECTLY.
# yarn lockfile v1


is-number@7.0.0:
  version "7.0.0"
  resolved "https://registry.yarnpkg.com/is-number/-/is-number-7.0.0.tgz#7535345b896734d5f80c4d06c50955527a14f12b"
  integrity sha512-41Cifkg6e8TylSpdtTpeLVMqvSBEVzTttHvERD741+pnZ8ANv0004MRL43QKPDlK9cGvNp6NZWZUBlbGXYxxng==

is-number@^6.0.0:
  version "6.0.0"
  resolved "https://registry.yarnpkg.com/is-number/-/is-number-6.0.0.tgz#e6d15ad31fc262887cccf217ae5f9316f81b1995"
  integrity sha512-Wu1VHeILBK8KAWJUAiSZQX94GmOE45Rg6/538fKwiloUu21KncEkYGPqob2oSZ5mUT73vLGrHQjKw3KMPwfDzg==

is-odd@3.0.1:
  version "3.0.1"
  resolved "https://registry.yarnpkg.com/is-odd/-/is-odd-3.0.1.tgz#65101baf3727d728b66fa62f50cda7f2d3989601"
  integrity sha512-CQpnWPrDwmP1+SMHXZhtLtJv90yiyVfluGsX5iNCVkrhQtU3TQHsUWPG9wkdk9Lgd5yNpAg9jQEo90CBaXgWMA==
  dependencies:
    is-number "^6.0.0"
`;

const BUN_LOCK = String.raw`{
  "lockfileVersion": 2,
  "configVersion": 1,
  "workspaces": {
    "": {
      "name": "p",
      "dependencies": {
        "is-number": "7.0.0",
        "is-odd": "3.0.1",
      },
    },
  },
  "packages": {
    "is-number": ["is-number@7.0.0", "", {}, "sha512-41Cifkg6e8TylSpdtTpeLVMqvSBEVzTttHvERD741+pnZ8ANv0004MRL43QKPDlK9cGvNp6NZWZUBlbGXYxxng=="],

    "is-odd": ["is-odd@3.0.1", "", { "dependencies": { "is-number": "^6.0.0" } }, "sha512-CQpnWPrDwmP1+SMHXZhtLtJv90yiyVfluGsX5iNCVkrhQtU3TQHsUWPG9wkdk9Lgd5yNpAg9jQEo90CBaXgWMA=="],

    "is-odd/is-number": ["is-number@6.0.0", "", {}, "sha512-Wu1VHeILBK8KAWJUAiSZQX94GmOE45Rg6/538fKwiloUu21KncEkYGPqob2oSZ5mUT73vLGrHQjKw3KMPwfDzg=="],
  }
}
`;

const UV_LOCK = String.raw`version = 1
revision = 5
requires-python = ">=3.9"

[[package]]
name = "project"
version = "1.0.0"
source = { virtual = "." }
dependencies = [
    { name = "six" },
]

[package.metadata]
requires-dist = [{ name = "six", specifier = "==1.16.0" }]

[[package]]
name = "six"
version = "1.16.0"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://files.pythonhosted.org/packages/71/39/171f1c67cd00715f190ba0b100d606d440a28c93c7714febeca8b79af85e/six-1.16.0.tar.gz", hash = "sha256:1e61c37477a1626458e36f7b1d82aa5c9b094fa4802892072e49de9c60c4c926", size = 34041, upload-time = "2021-05-05T14:18:18.379Z" }
wheels = [
    { url = "https://files.pythonhosted.org/packages/d9/5a/e7c31adbe875f2abbb91bd84cf2dc52d792b5a01506781dbcf25c91daf11/six-1.16.0-py2.py3-none-any.whl", hash = "sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254", size = 11053, upload-time = "2021-05-05T14:18:17.237Z" },
]
`;

const UV_PROJECT = String.raw`[project]
name = "project"
version = "1.0.0"
requires-python = ">=3.9"
dependencies = ["six==1.16.0"]

`;

const POETRY_LOCK = String.raw`# This file is automatically @generated by Poetry 2.5.1 and should not be changed by hand.

[[package]]
name = "six"
version = "1.16.0"
description = "Python 2 and 3 compatibility utilities"
optional = false
python-versions = ">=2.7, !=3.0.*, !=3.1.*, !=3.2.*"
groups = ["main"]
files = [
    {file = "six-1.16.0-py2.py3-none-any.whl", hash = "sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254"},
    {file = "six-1.16.0.tar.gz", hash = "sha256:1e61c37477a1626458e36f7b1d82aa5c9b094fa4802892072e49de9c60c4c926"},
]

[package.source]
type = "legacy"
url = "https://pypi.org/simple"
reference = "simple"

[metadata]
lock-version = "2.1"
python-versions = ">=3.8"
content-hash = "63d3c365524e3977f94c5745030a25615b4b8049a684a84cb05aabf2c5045d87"
`;

// A named source, so that a mirror that only lists files will do.
const POETRY_PROJECT = String.raw`[project]
name = "p"
version = "1.0.0"
requires-python = ">=3.8"
dependencies = ["six (==1.16.0)"]

[tool.poetry]
package-mode = false

[[tool.poetry.source]]
name = "simple"
url = "https://pypi.org/simple"
priority = "primary"
`;

const JAVA =
  'package p;\n\nimport org.apache.commons.lang3.StringUtils;\n\npublic class A {\n' +
  '    public static String check(String s) { return StringUtils.lowerCase(s); }\n}\n';

const POM = String.raw`<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId><artifactId>p</artifactId><version>1</version>
  <properties>
    <maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency><groupId>org.apache.commons</groupId><artifactId>commons-lang3</artifactId><version>3.14.0</version></dependency>
    <dependency>
      <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>5.10.2</version><scope>test</scope>
    </dependency>
  </dependencies>
  <build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId><version>3.2.5</version></plugin></plugins></build>
</project>
`;

// Words that Gradle 4 knows, and those after it until 6.
const GRADLE_BUILD = String.raw`apply plugin: 'java'

repositories { mavenCentral() }

dependencies {
    compile 'org.apache.commons:commons-lang3:3.14.0'
    testCompile 'junit:junit:4.13.2'
}
`;

const GO_MOD = String.raw`module example.com/p

go 1.21

require golang.org/x/text v0.14.0
`;

const GO_SUM = String.raw`golang.org/x/text v0.14.0 h1:ScX5w1eTa3QqT8oi6+ziP7dTV1S2+ALU0bI+0zXKWiQ=
golang.org/x/text v0.14.0/go.mod h1:18ZOQIKpY8NJVqYksKHtTdi31H5itFRjB5/qKTNYzSU=
`;

const CARGO_LOCK = String.raw`# This file is automatically @generated by Cargo.
# It is not intended for manual editing.
version = 4

[[package]]
name = "itoa"
version = "1.0.19"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "3bd1574e617a9a6c1f8f8181bd7e841e1f20e4277607ef28945765188d6284d4"

[[package]]
name = "proj"
version = "0.1.0"
dependencies = [
 "itoa",
]
`;

const CARGO_TOML = String.raw`[package]
name = "proj"
version = "0.1.0"
edition = "2021"
[dependencies]
itoa = "1"
`;

export const LAYER_PROJECTS: readonly LayerProject[] = [
  {
    name: 'pnpm',
    tools: [['pnpm', '--version']],
    files: { ...JAVASCRIPT, 'package.json': packageFor('pnpm'), 'pnpm-lock.yaml': PNPM_LOCK },
    ...IN_JAVASCRIPT,
  },
  {
    name: 'yarn',
    tools: [['yarn', '--version']],
    files: {
      ...JAVASCRIPT,
      'package.json': packageFor('yarn'),
      'yarn.lock': YARN_LOCK,
      '.yarnrc.yml': 'nodeLinker: node-modules\n',
      '.gitignore': 'node_modules/\n.yarn/\n',
    },
    ...IN_JAVASCRIPT,
  },
  {
    name: 'yarn 1',
    tools: [['yarn', '--version']],
    files: { ...JAVASCRIPT, 'package.json': packageFor('yarn'), 'yarn.lock': YARN_1_LOCK },
    ...IN_JAVASCRIPT,
  },
  {
    name: 'bun',
    tools: [['bun', '--version']],
    files: { ...JAVASCRIPT, 'package.json': packageFor('bun'), 'bun.lock': BUN_LOCK },
    ...IN_JAVASCRIPT,
  },
  {
    name: 'pip',
    tools: [
      ['cc', '--version'],
      ['python3', '-m', 'venv', '--help'],
    ],
    registry: 'https://pypi.org/simple/six/',
    files: {
      'pyproject.toml': EXTENSION_PROJECT,
      'setup.py':
        'from setuptools import Extension, setup\n\nsetup(ext_modules=[Extension("fastish._fast", ["src/fastish/_fast.c"])])\n',
      'CHANGES.md': '# Changes\n\n## 1.2.3\n\n- More.\n\n## 1.2.2\n',
      'src/fastish/__init__.py':
        'import os\nimport sys\n\nfrom fastish._fast import twice\n\n' +
        'PROGRAM = os.path.join(os.path.dirname(sys.executable), "fastish")\n\n\ndef main():\n' +
        '    print(twice(1))\n',
      'src/fastish/_fast.c': EXTENSION,
      'tests/test_fast.py': EXTENSION_TESTS,
      '.gitignore': '__pycache__/\n.pytest_cache/\n*.so\n*.egg-info/\nbuild/\n_version.py\n',
    },
    subject: 'src/fastish/_fast.c',
    bug: 'n * 3',
    fix: 'n * 2',
  },
  {
    name: 'pip for Django',
    tools: [['python3', '-m', 'venv', '--help']],
    registry: 'https://pypi.org/simple/django/',
    files: {
      'requirements.txt': 'Django>=4.2,<5\n',
      'manage.py': DJANGO_MANAGE,
      'site_settings.py':
        'SECRET_KEY = "x"\nINSTALLED_APPS = ["polls"]\n' +
        'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}\n' +
        'DEFAULT_AUTO_FIELD = "django.db.models.AutoField"\n',
      'polls/__init__.py': '',
      'polls/models.py':
        'from django.db import models\n\n\nclass Poll(models.Model):\n' +
        '    votes = models.IntegerField(default=0)\n\n    def vote(self):\n        self.votes += 2\n' +
        '        self.save()\n',
      'polls/tests.py': DJANGO_TESTS,
      '.gitignore': '__pycache__/\n',
    },
    subject: 'polls/models.py',
    bug: '+= 2',
    fix: '+= 1',
  },
  {
    name: 'uv',
    tools: [
      ['uv', '--version'],
      ['python3', '-m', 'pytest', '--version'],
    ],
    files: { ...PYTHON, 'pyproject.toml': UV_PROJECT, 'uv.lock': UV_LOCK },
    ...IN_PYTHON,
  },
  {
    name: 'poetry',
    tools: [
      ['poetry', '--version'],
      ['python3', '-m', 'pytest', '--version'],
    ],
    files: { ...PYTHON, 'pyproject.toml': POETRY_PROJECT, 'poetry.lock': POETRY_LOCK },
    ...IN_PYTHON,
  },
  {
    name: 'cargo',
    tools: [['cargo', '--version']],
    registry: 'https://index.crates.io/config.json',
    files: {
      'Cargo.toml': CARGO_TOML,
      'Cargo.lock': CARGO_LOCK,
      '.gitignore': 'target/\n',
      'src/lib.rs': 'pub fn check(n: u32) -> String {\n    itoa::Buffer::new().format(n + 1).to_string()\n}\n',
      'tests/check.rs':
        '#[test]\nfn checks() {\n    assert_eq!(proj::check(3), "3");\n}\n\n#[test]\nfn plain() {\n    assert_eq!(1, 1);\n}\n',
    },
    subject: 'src/lib.rs',
    bug: 'n + 1',
    fix: 'n',
    check: 'cargo test',
  },
  {
    name: 'go',
    // The standard library is compiled first.
    slow: true,
    tools: [['go', 'version']],
    registry: 'https://proxy.golang.org/golang.org/x/text/@v/list',
    files: {
      'go.mod': GO_MOD,
      'go.sum': GO_SUM,
      'check.go':
        'package p\n\nimport (\n\t"golang.org/x/text/cases"\n\t"golang.org/x/text/language"\n)\n\n' +
        'func Check(s string) string { return cases.Lower(language.English).String(s) }\n',
      'check_test.go':
        'package p\n\nimport "testing"\n\nfunc TestCheck(t *testing.T) {\n\tif Check("a") != "A" {\n' +
        '\t\tt.Fatal(Check("a"))\n\t}\n}\n\nfunc TestPlain(t *testing.T) {}\n',
    },
    subject: 'check.go',
    bug: 'cases.Lower',
    fix: 'cases.Upper',
  },
  {
    name: 'maven',
    slow: true,
    tools: [['mvn', '--version']],
    registry: 'https://repo.maven.apache.org/maven2/org/junit/junit-bom/maven-metadata.xml',
    files: {
      'pom.xml': POM,
      '.gitignore': 'target/\n',
      'src/main/java/p/A.java': JAVA,
      'src/test/java/p/ATest.java':
        'package p;\n\nimport static org.junit.jupiter.api.Assertions.assertEquals;\n' +
        'import org.junit.jupiter.api.Test;\n\nclass ATest {\n' +
        '    @Test void checks() { assertEquals("A", A.check("a")); }\n' +
        '    @Test void plain() { assertEquals(1, 1); }\n}\n',
    },
    subject: 'src/main/java/p/A.java',
    bug: 'lowerCase',
    fix: 'upperCase',
    check: 'mvn -B test',
  },
  {
    name: 'gradle',
    slow: true,
    tools: [['gradle', '--version']],
    registry: 'https://repo.maven.apache.org/maven2/org/junit/junit-bom/maven-metadata.xml',
    files: {
      'build.gradle': GRADLE_BUILD,
      '.gitignore': '.gradle/\nbuild/\n',
      'src/main/java/p/A.java': JAVA,
      'src/test/java/p/ATest.java':
        'package p;\n\nimport static org.junit.Assert.assertEquals;\nimport org.junit.Test;\n\n' +
        'public class ATest {\n    @Test public void checks() { assertEquals("A", A.check("a")); }\n' +
        '    @Test public void plain() { assertEquals(1, 1); }\n}\n',
    },
    subject: 'src/main/java/p/A.java',
    bug: 'lowerCase',
    fix: 'upperCase',
    check: 'gradle test',
  },
];
