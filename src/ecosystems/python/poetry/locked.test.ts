import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namedIn, pinsOf } from './locked.ts';

test('one version of a package is a pin, several are not, and neither is one from elsewhere', () => {
  const lock = `
    [[package]]
    name = "six"
    version = "1.16.0"
    [[package]]
    name = "numpy"
    version = "1.24"
    [[package]]
    name = "numpy"
    version = "2.0"
    [[package]]
    name = "own"
    version = "1.0"
    [package.source]
    type = "git"
    [[package]]
    name = "inside"
    version = "3.0"
    [package.source]
    type = "legacy"
  `;
  assert.deepEqual(pinsOf(lock), ['six==1.16.0', 'inside==3.0']);
});

test('groups that are not optional, those for tests, and wanted extras are named', () => {
  const text = `
    [tool.poetry.dependencies]
    python = "^3.9"
    six = "^1.16"
    httpx = { version = "*", extras = ["http2"], markers = "sys_platform != 'win32'" }
    redis = { version = "*", optional = true }
    ujson = { version = "*", optional = true }
    own = { path = "../own" }
    [tool.poetry.extras]
    test = ["ujson"]
    [tool.poetry.group.lint.dependencies]
    ruff = "*"
    [tool.poetry.group.test]
    optional = true
    [tool.poetry.group.test.dependencies]
    pytest = "^8"
    [tool.poetry.group.docs]
    optional = true
    [tool.poetry.group.docs.dependencies]
    sphinx = "*"
  `;
  assert.deepEqual(namedIn(text), ['six', "httpx[http2]; sys_platform != 'win32'", 'ujson', 'ruff', 'pytest']);
});
