import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namedByChecks } from './named.ts';

test('checks name the new files that they import', () => {
  const check = { path: 'test/sub.test.js', text: "import { sub } from '../src/sub.js';\n" };
  assert.deepEqual(namedByChecks([check], ['src/sub.js', 'src/add.js', 'lib/sub.js']), ['src/sub.js']);
  assert.deepEqual(
    namedByChecks([{ path: 'tests/test_sub.py', text: 'from calc.sub import sub\n' }], ['calc/sub.py']),
    ['calc/sub.py'],
  );
  assert.deepEqual(namedByChecks([], ['src/sub.js']), []);
});
