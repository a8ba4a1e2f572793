import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ALLOWED, languagesOutside, linesOfLanguages } from '../scripts/rooms/languages.ts';
import { violations } from '../scripts/rooms/check.ts';
import { DOMAIN_LAYERS } from '../scripts/rooms/domain.ts';
import { pastDoors } from '../scripts/rooms/doors.ts';
import { ROOMS } from '../scripts/rooms/rules.ts';

function judge(files: Readonly<Record<string, string>>): readonly string[] {
  const src = mkdtempSync(join(tmpdir(), 'omk-rooms-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(src, name)), { recursive: true });
      writeFileSync(join(src, name), content);
    }
    return violations(src, ROOMS);
  } finally {
    rmSync(src, { recursive: true });
  }
}

test('the rooms of src keep their rules', () => {
  assert.deepEqual(violations(join(import.meta.dirname, '..', 'src'), ROOMS), []);
});

test('the domain imports nothing of Node, no package and no other room, not even a type', () => {
  assert.deepEqual(
    judge({
      'domain/goal/a.ts':
        "import { x } from '../ids.ts';\nimport { readFileSync } from 'node:fs';\nimport * as z from 'zod/mini';\n",
      'domain/goal/c.ts': "import type {\n  Store,\n} from '../../store/port.ts';\n",
      'domain/ids.ts': 'export const x = 1;\n',
    }),
    [
      'domain/goal/a.ts: domain/goal/ may not import node:fs',
      'domain/goal/a.ts: domain/goal/ may not import zod/mini',
      'domain/goal/c.ts: domain/goal/ may not import store/port.ts',
    ],
  );
});

test('a dynamic import and a re-export are imports', () => {
  assert.deepEqual(judge({ 'engine/a.ts': "export * from '../surfaces/x.ts';\nawait import('../surfaces/y.ts');\n" }), [
    'engine/a.ts: engine/ may not import surfaces/x.ts',
    'engine/a.ts: engine/ may not import surfaces/y.ts',
  ]);
});

test('a door of the world uses the ports of the others and the ground under them, nothing else', () => {
  assert.deepEqual(
    judge({
      'world/gates/a.ts':
        "import type { Vault } from '../git/port.ts';\nimport { x } from '../process/run.ts';\nimport { y } from '../git/vault.ts';\n",
    }),
    ['world/gates/a.ts: world/gates/ may not import world/git/vault.ts'],
  );
});

test('the verifier writes nothing, runs nothing and must name what it takes', () => {
  assert.deepEqual(
    judge({
      'proof/verify/a.ts':
        "import { readFileSync, writeFileSync } from 'node:fs';\nimport * as crypto from 'node:crypto';\n" +
        "import { execa } from 'execa';\nimport { b } from '../write/b.ts';\n" +
        "import { spawn } from 'node:child_process';\n",
    }),
    [
      'proof/verify/a.ts: proof/verify/ may not import execa',
      'proof/verify/a.ts: proof/verify/ may not import node:child_process',
      'proof/verify/a.ts: proof/verify/ may not import proof/write/b.ts',
      'proof/verify/a.ts: proof/verify/ may not take writeFileSync from node:fs',
      'proof/verify/a.ts: proof/verify/ must name what it takes from node:crypto',
    ],
  );
});

test('the verifier opens files for reading only', () => {
  const folder = join(import.meta.dirname, '..', 'src', 'proof', 'verify');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  assert.ok(sources.length > 0);
  for (const name of sources) {
    const source = readFileSync(join(folder, name), 'utf8');
    assert.doesNotMatch(source, /O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)/, name);
    for (const [call] of source.matchAll(/openSync\([^)]*\)/g)) assert.match(call, /O_RDONLY/, name);
  }
});

test('the engine knows interfaces, not what is behind them', () => {
  assert.deepEqual(
    judge({
      'engine/a.ts':
        "import type { Git } from '../world/git/port.ts';\nimport { openGit } from '../world/git/open.ts';\n",
    }),
    ['engine/a.ts: engine/ may not import world/git/open.ts'],
  );
});

test('the program does not import what is there for tests', () => {
  assert.deepEqual(
    judge({
      'domain/goal/a.ts': "import { b } from '../testing/b.ts';\n",
      'store/testing/c.ts': "import { d } from '../d.ts';\n",
    }),
    ['domain/goal/a.ts: only tests may import domain/testing/b.ts'],
  );
});

test('cycles are found once, those of types too, and unknown rooms are not allowed', () => {
  assert.deepEqual(
    judge({
      'store/a.ts': "import { b } from './b.ts';\n",
      'store/b.ts': "import { a } from './a.ts';\n",
      'store/c.ts': "import type { D } from './d.ts';\n",
      'store/d.ts': "import type { C } from './c.ts';\n",
      'helpers/e.ts': "import { a } from '../store/a.ts';\n",
    }),
    ['cycle: store/a.ts → store/b.ts', 'cycle: store/c.ts → store/d.ts', 'helpers/e.ts: is in no room'],
  );
});

test('a folder of the domain imports those of the layers below its own, types included', () => {
  assert.deepEqual(
    judge({
      'domain/gates/a.ts':
        "import type { GoalState } from '../goal/state.ts';\nimport type { TreeId } from '../ids.ts';\n",
      'domain/goal/state.ts': "import { b } from '../gates/b.ts';\nimport { decide } from '../decide/decide.ts';\n",
      'domain/evidence/evidence.ts': "import { b } from '../contract/b.ts';\n",
      'domain/held-out/c.ts': "import { d } from '../own-tests/d.ts';\n",
      'domain/ids.ts': "import { e } from './text/e.ts';\n",
      'domain/elsewhere/f.ts': "import { a } from '../gates/a.ts';\n",
    }),
    [
      'domain/elsewhere/f.ts: is in no room',
      'domain/gates/a.ts: domain/gates/ may not import domain/goal/state.ts',
      'domain/goal/state.ts: domain/goal/ may not import domain/decide/decide.ts',
      'domain/held-out/c.ts: domain/held-out/ may not import domain/own-tests/d.ts',
      'domain/ids.ts: domain/ids.ts may not import domain/text/e.ts',
    ],
  );
});

test('every folder of the domain has a layer', () => {
  const folders = readdirSync(join(import.meta.dirname, '..', 'src', 'domain'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'testing')
    .map(({ name }) => name);
  assert.deepEqual(folders.toSorted(), DOMAIN_LAYERS.flat().toSorted());
});

test('a surface takes from app and domain only', () => {
  assert.deepEqual(
    judge({
      'surfaces/web/a.ts': "import { a } from '../../app/a.ts';\nimport { b } from '../../world/git/open.ts';\n",
      'app/a.ts': 'export const a = 1;\n',
      'world/git/open.ts': 'export const b = 1;\n',
    }),
    ['surfaces/web/a.ts: surfaces/ may not import world/git/open.ts'],
  );
});

const REACHES = {
  clock: [
    'Date.now();',
    'new Date();',
    'performance.now();',
    'const { now } = performance;',
    'process.hrtime.bigint();',
  ],
  timer: [
    'setTimeout(go, 5);',
    'globalThis.setInterval(go, 5);',
    "import { setTimeout as sleep } from 'node:timers/promises';",
    'AbortSignal.timeout(5);',
  ],
  'random number': ['Math.random();', 'crypto.randomUUID();', "import { randomBytes } from 'node:crypto';"],
  environment: ["process.env['HOME'];", 'process.cwd();', 'const { stdout, env } = process;'],
  'time zone or language of the machine': ['when.toLocaleString();', 'when.getHours();'],
  'file system': ["import { readFileSync } from 'node:fs';", "await import('fs/promises');"],
  'module of Node by its name': ["process.getBuiltinModule('node:crypto');"],
};

test('nothing reaches past the doors of the world: clock, timers, random numbers, environment, files', () => {
  for (const [what, lines] of Object.entries(REACHES))
    for (const line of lines) {
      for (const file of ['domain/a.ts', 'engine/a.ts', 'replay/a.ts'])
        assert.match(
          pastDoors(file, `const a = 1;\n${line}`).join(),
          new RegExp(`^${file}:2: reaches for a ${what}`),
          line,
        );
      for (const file of ['world/git/a.ts', 'store/a.ts', 'engine/a.test.ts', 'engine/testing/a.ts'])
        assert.deepEqual(pastDoors(file, line), [], line);
    }
  assert.deepEqual(pastDoors('engine/a.ts', '// Date.now() is not asked.\nnew Date(clock.now());'), []);
  assert.match(pastDoors('app/a.ts', "process.env['A'];").join(), /app\/here\.ts/);
});

test('a language outside of its folder is named, and a list of those that may is never longer than it must be', () => {
  const file = 'src/domain/x.ts';
  const of = (text: string, path = file): number => linesOfLanguages(path, text);
  assert.equal(
    of("const A = /\\.rs$/;\nif (path.endsWith('.go')) return 'pom.xml';\n// as cargo does\nconst b = 1;\n"),
    2,
  );
  for (const path of ['src/ecosystems/go/x.ts', 'src/domain/x.test.ts', 'src/surfaces/cli/x.ts'])
    assert.equal(of("'go.mod'", path), 0, path);
  const [allowed = '', [lines] = [0]] = Object.entries(ALLOWED)[0] ?? [];
  const others = new Map(Object.entries(ALLOWED).map(([path, [count]]) => [path, "'npm'\n".repeat(count)]));
  assert.deepEqual(languagesOutside(others), []);
  assert.match(
    languagesOutside(new Map([...others, [file, "'npm'"]])).join(),
    /x\.ts: 1 lines name a language, and 0 may/,
  );
  assert.match(
    languagesOutside(new Map([...others, [allowed, "'npm'\n".repeat(lines - 1)]])).join(),
    /: only \d lines/,
  );
  assert.match(languagesOutside(new Map([...others].slice(1))).join(), /is not there: take it out/);
});
