import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { asked } from '../scripts/new/asked.ts';
import { newEcosystem } from '../scripts/new/ecosystem.ts';
import { newPreset } from '../scripts/new/preset.ts';
import { newReader } from '../scripts/new/reader.ts';
import { newSurface } from '../scripts/new/surface.ts';
import { withLines } from '../scripts/new/with-lines.ts';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8');

test('npm run new -- reader: it is registered with its ecosystem', () => {
  for (const ecosystem of ['php', 'ruby', 'javascript']) {
    const { files, ...rest } = newReader('my-runner', ecosystem);
    const edited = withLines(rest, read);
    const runners = edited.get(`src/ecosystems/${ecosystem}/runners.ts`) ?? '';
    assert.match(runners, /^import \{ myRunner \} from '\.\/my-runner\/reader\.ts';$/m);
    assert.match(runners, /^ {2}'my-runner': \{ reader: myRunner, canary: null \},\n\} satisfies Runners/m);
    assert.match(edited.get('src/domain/gates/gate.ts') ?? '', /^ {2}'my-runner',\n {2}'exit_only',$/m);
    assert.match(files.get(`src/ecosystems/${ecosystem}/my-runner/reader.test.ts`) ?? '', /missing: a real report/);
  }
});

test('npm run new -- reader: a new ecosystem can have one', () => {
  const { files } = newEcosystem('my-lang');
  const made = (path: string): string => files.get(path) ?? read(path);
  const runners = withLines(newReader('my-runner', 'my-lang'), made).get('src/ecosystems/my-lang/runners.ts') ?? '';
  // A formatter would close braces that hold nothing, and the next reader would find no line to stand before.
  assert.match(files.get('src/ecosystems/my-lang/runners.ts') ?? '', /= \{\n {2}\/\/ .+\n\} satisfies Runners/);
  assert.match(runners, /'my-runner': .+\n\} satisfies Runners/);
});

test('npm run new: a place that is not there any more is an error, and nothing is written', () => {
  assert.throws(
    () => withLines({ lines: [{ path: 'x', line: 'a', before: 'b' }] }, () => 'c\n'),
    /x has no line that begins/,
  );
});

test('npm run new -- ecosystem: each table that lists ecosystems gains it', () => {
  const { files, ...rest } = newEcosystem('my-lang');
  const edited = withLines(rest, read);
  assert.match(edited.get('src/domain/ecosystem.ts') ?? '', /^ {2}'my-lang': 'my-lang',\n {2}ruby: 'Ruby',$/m);
  assert.match(edited.get('src/ecosystems/rules.ts') ?? '', /^ {2}'my-lang': myLang,\n {2}ruby,$/m);
  for (const table of ['gates', 'layers', 'runners'])
    assert.match(edited.get(`src/ecosystems/${table}.ts`) ?? '', /^ {2}'my-lang': myLang,\n {2}ruby,$/m, table);
  assert.match(edited.get('src/ecosystems/commands.ts') ?? '', /^ {2}'my-lang': \{\},\n {2}ruby: /m);
  assert.match(edited.get('src/ecosystems/syntax.ts') ?? '', /^ {2}'my-lang': \[\],\n {2}ruby: /m);
  assert.match(files.get('src/ecosystems/my-lang/README.md') ?? '', /^# my-lang$/m);
  assert.match(edited.get('src/ecosystems/runners.ts') ?? '', /^ {2}\.\.\.BY_ECOSYSTEM\['my-lang'\],$/m);
  assert.match(files.get('src/ecosystems/my-lang/rules/rules.test.ts') ?? '', /missing: `tests`/);
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
