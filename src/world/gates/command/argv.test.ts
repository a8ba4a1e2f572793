import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { parseCommand } from './argv.ts';

const argvOf = (text: string): readonly string[] | string => {
  const parsed = parseCommand(text);
  return parsed.kind === 'argv' ? parsed.argv : parsed.kind;
};

test('words are cut at white space, quotes hold them together', () => {
  assert.deepEqual(argvOf('npm test'), ['npm', 'test']);
  assert.deepEqual(argvOf(`  a 'b c' "d e" f\\ g '' `), ['a', 'b c', 'd e', 'f g', '']);
  assert.deepEqual(argvOf(`node -e "console.log(\\"x\\")"`), ['node', '-e', 'console.log("x")']);
  assert.deepEqual(argvOf(`grep 'a|b' "c;d"`), ['grep', 'a|b', 'c;d']);
  assert.deepEqual(argvOf('pytest tests/a.py::test_b --x=1'), ['pytest', 'tests/a.py::test_b', '--x=1']);
});

test('whatever only a shell can do is given to a shell, as it was written', () => {
  const texts = [
    'a && b',
    'a | b',
    'a > f',
    'a; b',
    'echo $HOME',
    'echo `id`',
    'echo "$HOME"',
    'ls *.js',
    'ls a?',
    'A=1 b',
    'cd ~/x',
    '(a)',
    'a # b',
  ];
  for (const text of texts) assert.deepEqual(parseCommand(text), { kind: 'shell', argv: ['sh', '-c', text] });
});

test('a text that is not a command is refused with a reason', () => {
  assert.deepEqual(parseCommand(''), { kind: 'invalid', why: 'it is empty' });
  assert.deepEqual(parseCommand('   '), { kind: 'invalid', why: 'it is empty' });
  assert.deepEqual(parseCommand("''"), { kind: 'invalid', why: 'it is empty' });
  assert.deepEqual(parseCommand('&&'), { kind: 'invalid', why: 'it is empty' });
  assert.deepEqual(parseCommand('a "b'), { kind: 'invalid', why: 'a quote is not closed' });
  assert.deepEqual(parseCommand('a \\'), { kind: 'invalid', why: 'a quote is not closed' });
  assert.deepEqual(parseCommand('a\0b'), { kind: 'invalid', why: 'it contains a NUL character' });
});

test('property: any words, single-quoted, come back as they are', () => {
  const quote = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
  const word = fc.string().filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), (words) => {
      // `A=1` in front sets a variable.
      fc.pre(words[0] !== '' && words[0]?.includes('=') === false);
      assert.deepEqual(argvOf(words.map(quote).join(' ')), words);
    }),
  );
});

test('property: no text makes it throw', () => {
  fc.assert(fc.property(fc.string(), (text) => ['argv', 'shell', 'invalid'].includes(parseCommand(text).kind)));
});
