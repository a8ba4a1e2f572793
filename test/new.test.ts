import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { staleTables, tables } from '../scripts/ecosystems/tables.ts';
import { asked } from '../scripts/new/asked.ts';
import { newEcosystem } from '../scripts/new/ecosystem.ts';
import { newPreset } from '../scripts/new/preset.ts';
import { newReader } from '../scripts/new/reader.ts';
import { newSurface } from '../scripts/new/surface.ts';
import { withLines } from '../scripts/new/with-lines.ts';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8');

const made = (files: ReadonlyMap<string, string>, t: TestContext): string => {
  const root = mkdtempSync(join(tmpdir(), 'omk-new-'));
  t.after(() => rmSync(root, { recursive: true }));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};

test('npm run new: a reader and an ecosystem are in the tables because their folders are there', (t) => {
  const { files: ecosystem, lines: inEcosystem } = newEcosystem('my-lang');
  const { files: reader, lines: inReader } = newReader('my-runner', 'my-lang');
  assert.deepEqual([inEcosystem, inReader], [[], []], 'no other file changes');
  assert.ok([...ecosystem.keys(), ...reader.keys()].every((path) => path.startsWith('src/ecosystems/my-lang/')));
  const found = tables(made(new Map([...ecosystem, ...reader]), t));
  assert.match(
    found.get('src/ecosystems/rules.ts') ?? '',
    /^import \{ myLang \} from '\.\/my-lang\/rules\/rules\.ts';$/m,
  );
  assert.match(found.get('src/ecosystems/gates.ts') ?? '', /^ {2}'my-lang': myLang,$/m);
  assert.doesNotMatch(found.get('src/ecosystems/layers.ts') ?? '', /my-lang/, 'it has none yet');
  assert.match(found.get('src/ecosystems/runners.ts') ?? '', /^ {2}'my-runner': myLangMyRunner,$/m);
  assert.match(found.get('src/domain/gates/reader-names.ts') ?? '', /\['my-runner', 'exit_only'\]/);
  assert.match(ecosystem.get('src/ecosystems/my-lang/README.md') ?? '', /^# my-lang$/m);
  assert.match(ecosystem.get('src/ecosystems/my-lang/rules/rules.test.ts') ?? '', /missing: `tests`/);
  assert.match(reader.get('src/ecosystems/my-lang/my-runner/reader.test.ts') ?? '', /missing: a real report/);
});

test('a table that is not what the folders say is named, whatever a formatter made of it', () => {
  const root = join(import.meta.dirname, '..');
  assert.deepEqual(staleTables(root, read), []);
  const without = (path: string): string => read(path).replace(/^.*vitest.*$/gm, '');
  assert.deepEqual(staleTables(root, without), [
    'src/ecosystems/runners.ts: is not what the folders of ecosystems say: npm run tables',
    'src/domain/gates/reader-names.ts: is not what the folders of ecosystems say: npm run tables',
  ]);
  assert.match(staleTables(root, () => null)[0] ?? '', /rules\.ts: is not/);
});

test('npm run new: a place that is not there any more is an error, and nothing is written', () => {
  assert.throws(
    () => withLines({ lines: [{ path: 'x', line: 'a', before: 'b' }] }, () => 'c\n'),
    /x has no line that begins/,
  );
});

test('npm run new -- preset, surface: what is made is registered, and its test says what is missing', () => {
  const { files, ...rest } = newPreset('my-agent');
  const list = withLines(rest, read).get('src/world/agents/presets/list.ts') ?? '';
  assert.match(list, /^import \{ myAgent \} from '\.\/my-agent\.ts';$/m);
  assert.match(list, /, myAgent, scripted\];/);
  assert.match([...files.values()].join(''), /missing: `args`/);
  assert.match([...newSurface('my-page').files.values()].join(''), /missing: a use case/);
});

test('npm run new: what cannot be made is refused with the reason', () => {
  const text = (...words: readonly string[]): string => {
    const found = asked(words, (path) => existsSync(join(import.meta.dirname, '..', path)));
    return found.kind === 'make' ? 'make' : `${found.kind}: ${found.text}`;
  };
  assert.match(text('--help'), /^help: npm run new/);
  assert.match(text('reader', '--help'), /^help: /);
  assert.match(text(), /^refused: npm run new/);
  assert.match(text('gate', 'x'), /^refused: 'gate' is not a kind of part/);
  for (const name of ['', 'my lang', 'My', '../x', 'a--b', 'a-', 'class', 'new'])
    assert.match(text('ecosystem', name), /cannot be a name/, name);
  assert.match(text('ecosystem', 'rust'), /refused: .*src\/ecosystems\/rust\/\S+ already exists/);
  assert.match(text('preset', 'kimi'), /already exists/);
  assert.match(text('surface', 'cli'), /already exists/);
  assert.match(text('surface', 'page', 'more'), /too many/);
  assert.match(text('reader', 'pytest', 'ruby'), /'pytest' already exists/);
  assert.match(text('reader', 'my-runner'), /'' is not a folder of src\/ecosystems/);
  assert.match(text('reader', 'my-runner', '../x'), /is not a folder/);
  assert.equal(text('reader', 'my-runner', 'ruby'), 'make');
});
