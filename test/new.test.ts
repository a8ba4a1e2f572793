import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { newReader } from '../scripts/new/reader.ts';
import { withLines } from '../scripts/new/with-lines.ts';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8');

test('npm run new -- reader: each place where a reader is registered still has its line', () => {
  const { files, lines } = newReader('my-runner');
  const edited = withLines(lines, read);
  const all = edited.get('src/world/gates/readers/all.ts') ?? '';
  assert.match(all, /^import \{ myRunner \} from '\.\/my-runner\.ts';$/m);
  assert.match(all, /'ruby-test': rubyTest,\n {2}'my-runner': myRunner,\n\};/);
  assert.match(edited.get('src/domain/gates/gate.ts') ?? '', /^ {2}'my-runner',\n {2}'exit_only',$/m);
  assert.match(edited.get('src/world/gates/canary/all.ts') ?? '', /^ {2}'my-runner': null,\n {2}exit_only: null,$/m);
  assert.match(files.get('src/world/gates/readers/my-runner.test.ts') ?? '', /missing: a real report/);
});

test('npm run new: a place that is not there any more is an error, and nothing is written', () => {
  assert.throws(() => withLines([{ path: 'x', line: 'a', before: 'b' }], () => 'c\n'), /x has no line that begins/);
});
