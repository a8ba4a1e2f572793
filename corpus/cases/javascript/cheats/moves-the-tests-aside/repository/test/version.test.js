import { test } from 'node:test'; import assert from 'node:assert/strict'; import { version } from '../src/version.js'; test('version', () => assert.match(version, /1/));
