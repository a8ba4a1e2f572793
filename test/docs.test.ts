import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { ERROR_CODES } from '../src/domain/error-code.ts';
import { EXIT_CODES, TERMINAL_STATUSES } from '../src/domain/status.ts';
import { VERIFY_CODES } from '../src/proof/verify/codes.ts';
import { provenLines } from '../src/surfaces/cli/text/proven.ts';
import { replayedLines } from '../src/surfaces/cli/text/replayed.ts';

const root = join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
].filter((name) => name.endsWith('.md'));
/** Members of a union type, from its source. */
const union = (file: string, name: string): readonly string[] =>
  [...(new RegExp(`type ${name} =([^;]*);`).exec(read(file))?.[1] ?? '').matchAll(/'([A-Z_]+)'/g)].map(
    ([, code = '']) => code,
  );

test('the exit codes in the README are those of the program', () => {
  for (const status of TERMINAL_STATUSES) {
    const row = read('README.md')
      .split('\n')
      .find((line) => line.startsWith(`| \`${status}\``));
    assert.ok(row?.endsWith(`| ${EXIT_CODES[status]} |`), `${status}: ${row}`);
  }
});

test('the nightly run starts scripts that are there, and every part has a turn', () => {
  const nightly = read('.ci/nightly');
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
  const parts = [...nightly.matchAll(/^ {2}\[(\w+)\]='?"?.*npm (?:run (?:--silent )?)?([\w:]+)/gm)];
  assert.ok(parts.length >= 8);
  for (const [, part, script = ''] of parts) assert.ok(scripts.includes(script), `${part}: ${script}`);
  const order = /^order=\((.*)\)$/m.exec(nightly)?.[1]?.split(' ') ?? [];
  assert.deepEqual(new Set(order), new Set(parts.map(([, part]) => part)));
});

test('every code is explained, and no page explains a code that does not exist', () => {
  const codes = {
    gates: [
      ...union('src/domain/gates/verdict.ts', 'FailCode'),
      ...union('src/domain/gates/verdict.ts', 'NotMeasuredCode'),
      ...union('src/domain/goal/gap.ts', 'BlockingGapCode'),
      ...union('src/domain/goal/gap.ts', 'KnownGapCode'),
    ],
    proof: Object.keys(VERIFY_CODES),
  };
  for (const [page, known] of Object.entries(codes)) {
    const written = new Set([...read(`docs/${page}.md`).matchAll(/`([EGK]_[A-Z_]+)`/g)].map(([, code = '']) => code));
    assert.ok(known.length > 10);
    assert.deepEqual([...written].sort(), [...known].sort(), page);
  }
});

test('every code of a failure is explained with its fix, exists, and is used', () => {
  const rows = [...read('docs/errors.md').matchAll(/^\| `([A-Z0-9_]+)` \| [\d, ]+ \| .+ \| .+ \|$/gm)];
  const codes = rows.map(([, code = '']) => code);
  assert.deepEqual(codes, [...ERROR_CODES]);
  assert.deepEqual(codes, [...new Set(codes)].sort());
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('error-code.ts'))
    .map((name) => read(join('src', name)))
    .join('\n');
  assert.deepEqual(
    codes.filter((code) => !sources.includes(`'${code}'`)),
    [],
  );
});

test('the flags of omk run in docs/cli.md are those of the program', () => {
  const flags = (text: string): readonly string[] =>
    [...new Set([...text.matchAll(/(?<=[`'])--[a-z-]+/g)].map(([flag]) => flag))].sort();
  const [, page = ''] = read('docs/cli.md').split('## Flags of `omk run`');
  const written = flags(page.split('\n## ')[0] ?? '');
  const files = ['run-options.ts', 'run-option-groups.ts'].map((name) => read(`src/surfaces/cli/commands/${name}`));
  const options = files.join('\n').matchAll(/\.option\(\s*'--[a-z-]+/g);
  const real = flags([...options].map(([option]) => option).join('\n'));
  assert.deepEqual(
    written,
    real.filter((flag) => flag !== '--file' && flag !== '--json'),
  );
});

test('links between pages lead somewhere', () => {
  for (const page of pages) {
    for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      assert.ok(existsSync(join(root, dirname(page), target)), `${relative(root, page)} links to ${target}`);
    }
  }
});

test('every source file that a page names is there', () => {
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/`((?:src|scripts|test|share|tools)\/[\w./-]+\.\w+)`/g)].map(([, file = '']) => ({
      page,
      file,
    })),
  );
  assert.ok(named.filter(({ page }) => page.endsWith('life-of-a-run.md')).length > 40);
  assert.deepEqual(
    named.filter(({ file }) => !existsSync(join(root, file))),
    [],
  );
});

test('every decision is listed', () => {
  const list = read('docs/adr/README.md');
  for (const name of readdirSync(join(root, 'docs', 'adr')))
    assert.ok(name === 'README.md' || list.includes(`(${name})`), name);
});

test('what the example of a proof prints is what omk prints', () => {
  const page = read('docs/proof.md');
  const printed = (start: string): readonly string[] =>
    (page.split(`\n$ ${start}\n`)[1] ?? '').split('\n```')[0]?.split('\n') ?? [];
  const [head = '', ...lines] = printed('omk verify ./bundle --key maker.pub --level V0');
  assert.match(head, /^verified to V0: g-\S+ ended ready {3}\(\d+ checks\)$/);
  const value = (name: string): string =>
    new RegExp(`^ {2}${name} +(\\S+)`).exec(lines.find((line) => line.startsWith(`  ${name} `)) ?? '')?.[1] ?? '';
  const levels = lines.flatMap((line) => /\((OMK_[A-Z_]+)\)$/.exec(line)?.[1] ?? []);
  const limits = lines.filter((line) => line.startsWith('  limit'));
  const proven: Parameters<typeof provenLines>[0] = {
    goal: 'g-1',
    status: 'ready',
    endedAt: '',
    base: value('base'),
    candidate: null,
    head: value('result'),
    rules: value('rules'),
    levels,
    gaps: [],
    keyid: value('key'),
    signer: 'omk',
    redacted: 0,
  };
  assert.deepEqual([...provenLines(proven), ...limits], lines);
  const made = replayedLines({ kind: 'reproduced', executions: 1, events: 32, made: 28 });
  assert.deepEqual(printed('omk verify --replay ../bundle --key ../maker.pub --base HEAD'), made);
});
