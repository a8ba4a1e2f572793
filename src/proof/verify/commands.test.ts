import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headOf } from '../../domain/plan/command.ts';
import { observedAs } from '../../domain/testing/build.ts';
import { commandFile } from '../format/names.ts';
import { checkHeads } from './commands.ts';
import { recorder } from './report.ts';

test('a log that shows another beginning of an output than it has is found out', () => {
  const observed = observedAs({ of: 'capture', place: 0, tree: 't', round: 1 }, 'usage');
  const codes = (content: string): readonly string[] => {
    const to = recorder();
    const files = new Map(
      observed.parts.map(({ blob, name }) => [commandFile(blob.sha256), Buffer.from(name === 'exit' ? '0' : content)]),
    );
    checkHeads([observed], files, to);
    return to.checks.filter(({ ok }) => !ok).map(({ code }) => code);
  };
  assert.deepEqual(codes('usage'), []);
  assert.deepEqual(codes('other'), ['E_BLOB']);
  assert.equal(headOf(Buffer.from('x'.repeat(1000))).length, 400);
});
