import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fc } from '../../domain/testing/fast-check.ts';
import { LANGUAGES } from './all.ts';
import { openSyntax } from './open.ts';
import { parseFile } from './parse.ts';
import type { SourceFile } from './port.ts';
import type { SyntaxLimits } from './thread.ts';

const worker = join(import.meta.dirname, 'worker.ts');
const LIMITS: SyntaxLimits = {
  file: 256 * 1024,
  all: 1024 * 1024,
  files: 10,
  time: 60_000,
  total: 120_000,
  memory: 128,
  lost: 2,
};
const file = (text: string, path = 'a.test.ts'): SourceFile => ({ path, text, mixed: false });
const GOOD = file("test('a', () => { assert.ok(x); });");
const kinds = async (files: readonly SourceFile[], limits: Partial<SyntaxLimits> = {}): Promise<readonly string[]> =>
  (await openSyntax({ worker, limits: { ...LIMITS, ...limits } }).read(files)).map((each) =>
    each.kind === 'read' ? `${each.tests.length} tests` : each.why,
  );

suite('reading sources in a thread', () => {
  test('each file has its result, in order', async () => {
    assert.deepEqual(await kinds([GOOD, file('class A', 'ATest.kt'), file('def test_a(): pass', 'test_a.py')]), [
      '1 tests',
      'no parser reads this kind of file',
      '1 tests',
    ]);
    assert.deepEqual(await kinds([]), []);
  });

  test('size and number are bounded', async () => {
    assert.deepEqual(await kinds([file('x'.repeat(101)), GOOD], { file: 100 }), ['it is too large', '1 tests']);
    assert.deepEqual(await kinds([GOOD, GOOD, GOOD], { files: 2 }), [
      '1 tests',
      '1 tests',
      'there are too many of them',
    ]);
    assert.deepEqual(await kinds([GOOD, GOOD], { all: GOOD.text.length }), ['1 tests', 'there are too many of them']);
  });

  test('a text that takes more memory than there is ends the thread, and nothing else', async () => {
    const costly = file('(a,'.repeat(60_000));
    assert.deepEqual(await kinds([costly, GOOD], { memory: 48 }), [
      'reading it takes too long or too much memory',
      '1 tests',
    ]);
  });

  test('a text that takes too long does too; after some nothing more is read', async () => {
    const slow = file('f<a,'.repeat(60_000));
    assert.deepEqual(await kinds([slow, slow, GOOD], { time: 1 }), [
      ...Array<string>(2).fill('reading it takes too long or too much memory'),
      'too many files beside it could not be read',
    ]);
  });

  test('a parser of WebAssembly has the same bounds, and the next one begins anew', async () => {
    const [costly, slow, good] = [
      file('a<(a,'.repeat(50_000), 'ATests.cs'),
      file('%w('.repeat(60_000), 'a_spec.rb'),
      file("it('a') { expect(x).to eq(3) }", 'a_spec.rb'),
    ];
    const why = 'reading it takes too long or too much memory';
    assert.deepEqual(await kinds([costly, good]), [why, '1 tests']);
    assert.deepEqual(await kinds([slow], { time: 500 }), [why]);
  });

  test('each language has a thread of its own', async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'omk-syntax-'));
    t.after(() => rmSync(dir, { recursive: true }));
    const telling = join(dir, 'telling.mjs');
    writeFileSync(
      telling,
      `import { parentPort, threadId } from 'node:worker_threads';
       parentPort.on('message', () => parentPort.postMessage({ kind: 'not_read', why: String(threadId) }));`,
    );
    const [ruby, csharp] = [file('', 'a_spec.rb'), file('', 'ATests.cs')];
    const read = await openSyntax({ worker: telling, limits: LIMITS }).read([ruby, csharp, ruby, csharp]);
    const [first, second, ...again] = read.map((each) => each.kind === 'not_read' && each.why);
    assert.notEqual(first, second);
    assert.deepEqual(again, [first, second]);
  });

  test('a thread that answered reads what is asked next; one that did not is never used again', async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'omk-syntax-'));
    t.after(() => rmSync(dir, { recursive: true }));
    const telling = join(dir, 'telling.mjs');
    writeFileSync(
      telling,
      `import { parentPort, threadId } from 'node:worker_threads';
       parentPort.on('message', ({ text }) => {
         if (text === 'ends') process.exit();
         if (text === 'breaks') return parentPort.postMessage(null);
         parentPort.postMessage({ kind: 'not_read', why: String(threadId) });
       });`,
    );
    const syntax = openSyntax({ worker: telling, limits: LIMITS });
    const threads = async (...texts: readonly string[]): Promise<readonly string[]> =>
      (await syntax.read(texts.map((text) => file(text)))).map((each) => (each.kind === 'not_read' ? each.why : ''));
    const [first] = await threads('');
    assert.deepEqual(await threads('', ''), [first, first]);
    const [[one], [other]] = await Promise.all([threads(''), threads('')]);
    assert.notEqual(one, other);
    const lost = 'reading it takes too long or too much memory';
    for (const bad of ['breaks', 'ends']) {
      const [before] = await threads('');
      const [told, after] = await threads(bad, '');
      assert.equal(told, lost);
      assert.notEqual(after, before);
      assert.notEqual(after, lost);
    }
  });

  test('all together have a time too', async () => {
    const slow = file(`const a = ${'f<a,'.repeat(3000)};`);
    const told = await kinds(Array<SourceFile>(10).fill(slow), { total: 1 });
    assert.equal(told.at(-1), 'reading all of them takes too long');
  });

  test('what grows while it is read is not told', async () => {
    const nested = `test('a', () => { ${`${'assert.ok('.repeat(300)}${'x'.repeat(60)}${')'.repeat(300)};\n`.repeat(60)} });`;
    assert.deepEqual(await kinds([file(nested)]), ['too much would have to be told of it']);
  });

  test('deep nesting is not walked', async () => {
    assert.deepEqual(
      await kinds([file('['.repeat(5000)), file(`${'('.repeat(900)}1${')'.repeat(900)}`)]),
      Array<string>(2).fill('it is nested too deeply'),
    );
  });

  test('a program that cannot be started reads nothing', async () => {
    const result = await openSyntax({ worker: join(import.meta.dirname, 'no-such-file.ts'), limits: LIMITS }).read([
      GOOD,
    ]);
    assert.deepEqual(
      result.map(({ kind }) => kind),
      ['not_read'],
    );
  });
});

const PATHS = [
  'a.test.ts',
  'a.test.tsx',
  'a.test.js',
  'test_a.py',
  'a_test.go',
  'a.rs',
  'ATest.java',
  'ATest.php',
  'a_test.c',
  'a_test.cpp',
  'ATests.cs',
  'a_spec.rb',
];
const TOKENS = [
  'test(',
  "'a'",
  ', ',
  '() => {',
  '}',
  ')',
  ';',
  '\n',
  '    ',
  'def test_a():',
  'assert',
  ' x',
  ' == ',
  '3',
  'class A',
  '{',
  '@',
  '#[test]',
  'fn a()',
  'func TestA(',
  'if',
  '`',
  '"',
  '/*',
  '//',
  '#',
  '.',
  'expect(',
  ').toBe(',
  '<?php ',
  'TEST(',
  "it 'a' do",
  ' end',
  '[Fact]',
  'void A()',
  '#if A',
  '<<~A',
  ' rescue',
  '.to eq',
  '[',
  ']',
  '\\',
  '\u0000',
  '🙂',
];

suite('any text', () => {
  test('every language has a path here', () =>
    assert.ok(LANGUAGES.every(({ files }) => PATHS.some((path) => files.test(path)))));

  for (const path of PATHS)
    test(`property: ${path} is read the same twice, without an exception`, async () => {
      const text = fc
        .array(fc.oneof(fc.constantFrom(...TOKENS), fc.string({ maxLength: 5 })), { maxLength: 60 })
        .map((parts) => parts.join(''));
      await fc.assert(
        fc.asyncProperty(text, async (any) =>
          assert.deepEqual(await parseFile(file(any, path)), await parseFile(file(any, path))),
        ),
        { numRuns: 60 },
      );
    });
});
