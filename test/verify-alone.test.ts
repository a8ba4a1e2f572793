import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { withoutRuns } from '../scripts/build/only-recognised.ts';
import { bundleVerifier, readingOrder } from '../scripts/build/verifier.ts';
import { javascript } from './support/ecosystems.ts';
import { listing, machine, parseRun } from './support/machine.ts';

const root = join(import.meta.dirname, '..');

/** Words of prose that adults read in an hour, at 238 a minute. */
const HOUR = 60 * 238;

/** What decides is listed for readers, file by file, and is no more than they can read in an hour. */
async function assertReadable(modules: readonly string[]): Promise<void> {
  const page = readFileSync(join(root, 'docs', 'verifier.md'), 'utf8');
  const listed = await readingOrder(root);
  const apart = ['codes', 'index-file', 'report'].map((name) => `src/proof/verify/${name}.ts`);
  const decides = modules.filter((path) => /^src\/proof\/(?:verify|format)\//.test(path) && !apart.includes(path));
  // What is only types is not in the file.
  assert.deepEqual(
    decides.filter((path) => !listed.includes(path)),
    [],
  );
  const texts = listed.map((file) => readFileSync(join(root, file), 'utf8'));
  const words = texts.join(' ').split(/\s+/).length;
  assert.ok(words <= HOUR, `${words} words are more than an hour's reading`);
  for (const [at, file] of listed.entries()) {
    const [, said] = new RegExp(`\\| (\\d+) +\\| \`${file}\``).exec(page) ?? [];
    const lines = (texts[at]?.split('\n').length ?? 0) - 1;
    assert.ok(Math.abs(Number(said) - lines) <= 10 + lines / 5, `${file} has ${lines} lines, the page says ${said}`);
  }
  const canaries = modules.filter((path) => /canary|claims|reporter/.test(path) && !path.startsWith('src/domain/'));
  assert.deepEqual(canaries, [], 'nothing of what only a run of a gate needs');
}

test('one file verifies a bundle with a key and a clone, and with nothing of omk', async (t) => {
  const m = await machine(t, javascript.files);
  const agent = m.agent({
    turns: [{ steps: [{ write: { path: javascript.subject, content: javascript.fixed } }, { say: 'done' }] }],
  });
  const run = parseRun(await m.omk(['run', '--json', '--agent', agent, 'Make the red test green']));
  assert.equal(run.status, 'ready');
  const bundle = join(m.dir, 'bundle');
  assert.equal((await m.omk(['goal', 'proof', '--out', bundle])).code, 0);
  assert.equal((await m.omk(['goal', 'apply'])).code, 0);

  const built = await bundleVerifier(root);
  assert.ok(built.code.length <= 1_000_000, `${built.code.length} bytes`);
  assert.deepEqual(
    built.external.filter((name) => !isBuiltin(name)),
    [],
  );
  const text = Buffer.from(built.code).toString();
  const [own = '', libraries = ''] = text.split('\nfunction omkLibraries() {\n');
  assert.ok(!own.includes('\n// node_modules/') && !libraries.includes('\n// src/'), 'its own part comes first');
  await assertReadable(built.modules);
  const elsewhere = join(m.dir, 'elsewhere');
  mkdirSync(elsewhere);
  const program = join(elsewhere, 'omk-verify.mjs');
  writeFileSync(program, built.code);
  cpSync(join(bundle, 'keys', 'omk.pub'), join(elsewhere, 'trusted.pub'));
  const base = execFileSync('git', ['-C', m.repository, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  const verify = (folder: string, ...args: readonly string[]) => {
    const ran = spawnSync(process.execPath, [program, folder, ...args], {
      cwd: elsewhere,
      env: { PATH: process.env['PATH'] ?? '', HOME: join(elsewhere, 'home') },
      encoding: 'utf8',
    });
    return { code: ran.status, out: ran.stdout, err: ran.stderr };
  };
  const key = ['--key', 'trusted.pub'];

  const before = listing(m.repository);
  const v1 = verify(bundle, ...key, '--base', base, '--repo', m.repository);
  assert.equal(v1.code, 0, v1.out + v1.err);
  assert.match(v1.out, /^verified to V1: g-\S+ ended ready/m);
  const v0 = JSON.parse(verify(bundle, ...key, '--level', 'V0', '--json').out);
  assert.deepEqual([v0.reached, v0.proven.status], ['V0', 'ready']);
  assert.deepEqual(listing(m.repository), before, 'nothing is written into the clone');
  assert.deepEqual(readdirSync(elsewhere).sort(), ['omk-verify.mjs', 'trusted.pub'], 'nor anywhere else');

  appendFileSync(join(bundle, 'events.jsonl'), '\n');
  assert.equal(verify(bundle, ...key, '--level', 'V0').code, 3);
  for (const [args, says] of [
    [[bundle], /Name the keys you trust with --key/],
    [[bundle, ...key], /Name the commit you trust as the starting point with --base/],
    [[bundle, ...key, '--level', 'V9'], /--level must be V0 or V1/],
    [[join(m.dir, 'no such'), ...key, '--level', 'V0'], /BUNDLE_NOT_FOUND/],
    [[bundle, '--key', 'none.pub', '--level', 'V0'], /KEY_UNREADABLE/],
  ] as const) {
    const ran = verify(...(args as [string]));
    assert.equal(ran.code, 2, args.join(' '));
    assert.match(ran.err, says);
  }
});

test('what only a run of a gate needs is taken out of a runner, and nothing else', () => {
  const code = `const a = { name: 'a', inject({ argv }) { return { argv, read: 1 }; }, read: (x) => x, loads: {}, recognise: () => null };
const all = { a: { reader: a, canary: planted }, b: { canary: planted, reader: told(a) } };
const same = read(a.read);`;
  assert.equal(
    withoutRuns(code),
    `const a = { name: 'a',    recognise: () => null };
const all = { a: { reader: a,  }, b: {  reader: told(a) } };
const same = read(a.read);`,
  );
});
