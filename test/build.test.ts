import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { bundle } from '../scripts/build/bundle.ts';
import { install } from '../scripts/build/install.ts';
import { notices } from '../scripts/build/notices.ts';
import { openSyntax } from '../src/world/syntax/open.ts';

const root = join(import.meta.dirname, '..');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'omk-build-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test('chunks of an earlier build stay for programs that are running, and go when they are old', (t) => {
  const dist = join(folder(t), 'dist');
  install(
    dist,
    new Map([
      ['omk.js', bytes('1')],
      ['chunk-a.js', bytes('a')],
    ]),
    { keepForMs: 60_000 },
  );
  install(
    dist,
    new Map([
      ['omk.js', bytes('2')],
      ['chunk-b.js', bytes('b')],
    ]),
    { keepForMs: 60_000 },
  );
  assert.deepEqual(readdirSync(dist).sort(), ['chunk-a.js', 'chunk-b.js', 'omk.js']);
  assert.equal(readFileSync(join(dist, 'omk.js'), 'utf8'), '2');
  utimesSync(join(dist, 'chunk-a.js'), 0, 0);
  install(
    dist,
    new Map([
      ['omk.js', bytes('2')],
      ['chunk-b.js', bytes('b')],
    ]),
    { keepForMs: 60_000 },
  );
  assert.deepEqual(readdirSync(dist).sort(), ['chunk-b.js', 'omk.js']);
});

test('a clean build leaves nothing of earlier ones', (t) => {
  const dist = join(folder(t), 'dist');
  install(
    dist,
    new Map([
      ['omk.js', bytes('1')],
      ['chunk-a.js', bytes('a')],
    ]),
    { keepForMs: 60_000 },
  );
  install(dist, new Map([['omk.js', bytes('2')]]), { keepForMs: 0 });
  assert.deepEqual(readdirSync(dist), ['omk.js']);
});

test('the licences are those of the packages inside, nested ones too', (t) => {
  const dir = folder(t);
  for (const [path, name] of [
    ['node_modules/a', 'a'],
    ['node_modules/a/node_modules/@b/c', '@b/c'],
  ] as const) {
    mkdirSync(join(dir, path), { recursive: true });
    writeFileSync(join(dir, path, 'package.json'), JSON.stringify({ name, version: '1.2.3', license: 'MIT' }));
    writeFileSync(join(dir, path, 'LICENSE'), `text of ${name}`);
  }
  const text = new TextDecoder().decode(
    notices(dir, ['src/x.ts', 'node_modules/a/index.js', 'node_modules/a/node_modules/@b/c/lib/d.js']),
  );
  assert.match(text, /a 1\.2\.3 \(MIT\)\n\ntext of a\n/);
  assert.match(text, /@b\/c 1\.2\.3 \(MIT\)\n\ntext of @b\/c\n/);
});

test(
  'grammars are named with those who wrote them, and in front of the program that loads them',
  { skip: slow },
  async () => {
    const { files, inputs } = await bundle(root, join(root, 'dist'), '0.0.0');
    const text = new TextDecoder().decode(notices(root, inputs));
    for (const name of ['web-tree-sitter', 'tree-sitter-c-sharp', 'tree-sitter-ruby'])
      assert.match(text, new RegExp(`^${name} .*\\(MIT\\)`, 'm'));
    const order = [...files.keys()];
    assert.ok(
      Math.max(...order.map((name, at) => (name.endsWith('.wasm.br') ? at : -1))) < order.indexOf('read-tests.js'),
    );
  },
);

test('the program asks for nothing but Node and its own files', async () => {
  const { external, skipped } = await bundle(root, join(root, 'dist'), '0.0.0');
  assert.deepEqual(skipped, []);
  assert.ok(external.length > 0);
  assert.deepEqual(
    external.filter((name) => !isBuiltin(name)),
    [],
  );
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  for (const key of ['dependencies', 'peerDependencies', 'optionalDependencies'])
    assert.equal(manifest[key], undefined, key);
});

test('the built thread reads languages of WebAssembly, with nothing but the files beside it', async (t) => {
  const dist = join(folder(t), 'dist');
  const { files } = await bundle(root, dist, '0.0.0');
  install(dist, files, { keepForMs: 0 });
  const syntax = openSyntax({ worker: join(dist, 'read-tests.js') });
  const read = await syntax.read([
    { path: 'a_spec.rb', text: "it('a') { expect(x).to eq(3) }", mixed: false },
    { path: 'ATests.cs', text: 'class ATests { [Fact] public void A() { Assert.Equal(3, x); } }', mixed: false },
  ]);
  assert.deepEqual(
    read.map((each) =>
      each.kind === 'read' ? each.tests.map(({ id, assertions }) => [id, assertions.length]) : each.why,
    ),
    [[['a', 1]], [['ATests > A', 1]]],
  );
});
