import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const files = ['src', 'test', 'test-agents', 'scripts', 'bench']
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) => sources(join(root, folder)));

function sources(folder: string): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ name: relative(root, path), text: readFileSync(path, 'utf8') }));
}

/** What the linter has no rule for. */
const BANNED: readonly { readonly what: RegExp; readonly where: RegExp; readonly why: string }[] = [
  { what: /\bas unknown as\b/, where: /^src\//, why: 'a cast that checks nothing' },
  { what: /\bnew Date\(\)/, where: /^src\/(?!world\/|store\/)(?!.*\.test\.ts)/, why: 'time comes from the Clock' },
  {
    what: /^\s*(?:test|it|describe|suite)\.(?:only|skip|todo)\(/m,
    where: /./,
    why: 'every test runs, or says with { skip: reason } why not',
  },
  { what: /\bshell: true\b/, where: /^(?!test\/house)/, why: 'no shell between omk and what it starts' },
];

test('house style that no linter knows', () => {
  const found = files.flatMap(({ name, text }) =>
    BANNED.filter(({ what, where }) => where.test(name) && what.test(text)).map(
      ({ what, why }) => `${name}: ${what.source} (${why})`,
    ),
  );
  assert.deepEqual(found, []);
});

test('what tests of the domain take from node:test, mutation testing has too', async () => {
  const has = Object.keys(await import('../scripts/mutation/collect.ts'));
  const taken = files
    .filter(({ name }) => name.startsWith('src/domain/') && name.endsWith('.test.ts'))
    .flatMap(({ name, text }) =>
      (/import \{([^}]*)\} from 'node:test'/.exec(text)?.[1] ?? '')
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '' && !has.includes(each))
        .map((each) => `${name}: ${each}`),
    );
  assert.deepEqual(taken, []);
});

test('files are small: half of them have 80 lines or fewer', () => {
  const lengths = files
    .filter(({ name }) => name.startsWith('src/') && !name.endsWith('.test.ts'))
    .map(({ text }) => text.split('\n').length - 1)
    .sort((a, b) => a - b);
  assert.ok((lengths[Math.floor(lengths.length / 2)] ?? 0) <= 80);
  assert.ok((lengths.at(-1) ?? 0) <= 400);
});
