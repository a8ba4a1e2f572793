import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { build } from 'esbuild';
import { parser } from '@lezer/javascript';
import { namesIn } from '../scripts/build/names.ts';
import { ONLY_RECOGNISED, withoutRuns } from '../scripts/build/only-recognised.ts';
import { bundleVerifier, readingOrder } from '../scripts/build/verifier.ts';
import { mavenModules } from '../src/ecosystems/jvm/maven/modules.ts';
import type { TreeFiles } from '../src/world/gates/tree-files.ts';
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

/** What a program has without asking for it, and what touches nothing. */
const LANGUAGE =
  `Array BigInt Error Infinity JSON Map Math Number Object Promise Reflect RegExp Set String Symbol TextDecoder TextEncoder TypeError
  Uint8Array WeakMap`.split(/\s+/);

/** The digest of each section is that of its lines, and the rules are what the file says of them: nothing that reaches out of them. */
function assertSections(text: string): void {
  const sections = [...text.matchAll(/^ +(\d+) +(\d+)  ([0-9a-f]{64})  (.*)$/gm)].map(
    ([, from, to, digest, title = '']) => {
      const lines = text.split('\n').slice(Number(from) - 1, Number(to));
      const inside = `${lines.join('\n')}\n`;
      assert.equal(createHash('sha256').update(inside).digest('hex'), digest, title);
      return { title, inside };
    },
  );
  assert.deepEqual(
    sections.map(({ title }) => title.replace(/[,:].*/, '')),
    [
      '1. What decides whether a proof holds',
      '2. What is signed',
      '3. The bundle',
      '4. The rule set',
      '5. The gates of a base',
      '6. It begins here',
      'Libraries',
    ],
  );
  const [hour, , , rules, gates] = sections.map(({ inside }) => inside);
  assert.ok(hour?.includes('\n/** Checks a bundle up to the level asked.'), 'comments of the sources are in it');
  assert.doesNotMatch(rules ?? '', /^import /m);
  assert.deepEqual(
    [...outsideNames(rules ?? '')].filter((name) => !LANGUAGE.includes(name)),
    [],
  );
  const imported = [...(gates ?? '').matchAll(/^import .* from "([^"]+)";$/gm)].map(([, name]) => name);
  assert.deepEqual(new Set(imported), new Set(['node:crypto', 'node:path']));
}

/** Names that a program uses and does not have. */
function outsideNames(code: string): ReadonlySet<string> {
  const top = parser.parse(code).topNode;
  const own = new Set<string>();
  top.cursor().iterate(({ name, from, to }) => void (name === 'VariableDefinition' && own.add(code.slice(from, to))));
  return new Set([...namesIn(top, code)].filter((name) => !own.has(name)));
}

/** Bundles of every rule set and form of the log, as they were made. */
const goldenBundles = (): readonly { readonly name: string; readonly files: ReadonlyMap<string, Uint8Array> }[] => {
  const folder = join(root, 'src', 'proof', 'testing', 'golden');
  return readdirSync(folder).map((name) => {
    const content: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return { name, files: new Map(Object.entries(content).map(([file, text]) => [file, Buffer.from(text, 'base64')])) };
  });
};

/** A file of a bundle, and what is said where one byte in the middle of it is another. */
const TAMPERED = [
  ['events.jsonl', /E_LOG_/],
  ['terminal.dsse.json', /E_(?:SIGNATURE|ENVELOPE)/],
  ['gate-unit.dsse.json', /E_(?:SIGNATURE|ENVELOPE|INPUTS)/],
  ['checkpoint', /E_CHECKPOINT/],
  ['gates/unit.contract.1.stdout', /E_BLOB/],
  ['change.patch', /E_BLOB|E_PATCH/],
] as const;

function tampered(files: ReadonlyMap<string, Uint8Array>, file: string): ReadonlyMap<string, Uint8Array> {
  const content = Buffer.from(files.get(file) ?? []);
  const middle = content.length >> 1;
  content.writeUInt8(content.readUInt8(middle) ^ 1, middle);
  return new Map(files).set(file, content);
}

const failedCodes = (out: string): string => {
  const { checks } = JSON.parse(out) as { readonly checks: readonly { readonly ok: boolean; readonly code: string }[] };
  return [...new Set(checks.filter(({ ok }) => !ok).map(({ code }) => code))].join();
};

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
  assertSections(text);
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

  const golden = join(elsewhere, 'golden');
  for (const { name, files } of goldenBundles()) {
    const judged = (changed: ReadonlyMap<string, Uint8Array>): string => {
      for (const [file, content] of changed) {
        mkdirSync(dirname(join(golden, file)), { recursive: true });
        writeFileSync(join(golden, file), content);
      }
      const { code, out } = verify(golden, '--key', join(golden, 'keys', 'omk.pub'), '--level', 'V0', '--json');
      rmSync(golden, { recursive: true });
      return code === 0 ? 'verified' : failedCodes(out);
    };
    assert.match(judged(files), /^(?:verified|E_RULES_UNKNOWN)$/, name);
    for (const [file, says] of TAMPERED) assert.match(judged(tampered(files, file)), says, `${name}: ${file}`);
  }

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

test('a pom is read in the file as everywhere, without those libraries that it does not need', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: "export { mavenModules } from './src/ecosystems/jvm/maven/modules.ts';",
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    plugins: [ONLY_RECOGNISED],
    write: false,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const alone: { readonly mavenModules: typeof mavenModules } = await import(`data:text/javascript;base64,${code}`);
  const told = `<artifactId>it</artifactId><version>1.50</version><n at="0x10">&lt; 12 &amp; &#x31; &nbsp;</n>`;
  const poms: Readonly<Record<string, string>> = {
    'pom.xml': `<?xml version="1.0"?><project xmlns:m="u">${told}<modules><module>a</module><module>2</module></modules></project>`,
    'a/pom.xml': `<m:project>${told}<dependencies><dependency><artifactId>10</artifactId></dependency></dependencies></m:project>`,
    '2/pom.xml': '<project><artifactId>10</artifactId></project>',
  };
  const files: TreeFiles = {
    file: async () => null,
    text: async (path) => poms[path] ?? null,
    texts: async () => [],
    list: async () => [],
  };
  const found = await mavenModules(files);
  assert.deepEqual(
    found?.modules.map(({ name, uses }) => [name, uses]),
    [
      ['10', []],
      ['it', ['10']],
    ],
  );
  assert.deepEqual(await alone.mavenModules(files), found);
});
