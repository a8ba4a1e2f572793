import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { machine, parseRun, type Files } from '../test/support/machine.ts';

/** Packages of the public registries with their own test suites: a bug is put in, mended wrongly, and mended. */
interface Package {
  readonly name: string;
  readonly version: string;
  /** Puts the package's files into `dir`, from its registry. Throws where that cannot be reached. */
  readonly get: (dir: string, scratch: string) => void;
  /** Programs that its tests need. */
  readonly needs: readonly (readonly [string, ...string[]])[];
  readonly gate: string;
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
  readonly alsoWrong: string;
  /** Its suite has at least so many tests. */
  readonly tests: number;
}

const PACKAGES: readonly Package[] = [
  {
    name: '@fastify/error',
    version: '4.2.0',
    needs: [
      ['npm', '--version'],
      ['tar', '--version'],
    ],
    get: (dir, scratch) => {
      run(scratch, 'npm', 'pack', '--silent', '@fastify/error@4.2.0');
      run(scratch, 'tar', '-xzf', one(scratch, /\.tgz$/), '-C', dir, '--strip-components=1');
    },
    gate: 'command = "node"\nargs = ["--test"]',
    file: 'index.js',
    right: 'this.message = format(message, ...args)',
    wrong: 'this.message = format(message)',
    alsoWrong: 'this.message = message',
    tests: 25,
  },
  {
    name: 'toolz',
    version: '1.0.0',
    needs: [
      ['python3', '-m', 'pytest', '--version'],
      ['python3', '-m', 'pip', '--version'],
    ],
    get: (dir, scratch) => {
      run(
        scratch,
        'python3',
        '-m',
        'pip',
        'download',
        '--quiet',
        '--no-deps',
        '--only-binary',
        ':all:',
        'toolz==1.0.0',
      );
      run(scratch, 'python3', '-m', 'zipfile', '-e', one(scratch, /\.whl$/), dir);
    },
    gate: 'command = "python3"\nargs = ["-m", "pytest", "-q", "toolz"]',
    file: 'toolz/itertoolz.py',
    right: 'yield prev[:len(seq) % n]',
    wrong: 'yield prev[:n]',
    alsoWrong: 'yield prev[:len(seq) % n + 1]',
    tests: 150,
  },
  {
    name: 'github.com/google/uuid',
    version: 'v1.6.0',
    needs: [['go', 'version']],
    get: (dir, scratch) => {
      const told: unknown = JSON.parse(run(scratch, 'go', 'mod', 'download', '-json', 'github.com/google/uuid@v1.6.0'));
      assert.ok(typeof told === 'object' && told !== null && 'Dir' in told && typeof told.Dir === 'string');
      cpSync(told.Dir, dir, { recursive: true });
    },
    gate: 'command = "go"\nargs = ["test", "./..."]',
    file: 'version4.go',
    right: 'uuid[6] = (uuid[6] & 0x0f) | 0x40 // Version 4',
    wrong: 'uuid[6] = (uuid[6] & 0x0f) | 0x50 // Version 4',
    alsoWrong: 'uuid[6] = (uuid[6] & 0x0f) | 0x60 // Version 4',
    tests: 40,
  },
];

function run(cwd: string, program: string, ...args: readonly string[]): string {
  const env = {
    ...process.env,
    GOPATH: join(cwd, 'go'),
    GOFLAGS: '-mod=mod -modcacherw',
    npm_config_cache: join(cwd, 'npm'),
    PIP_CACHE_DIR: join(cwd, 'pip'),
  };
  return execFileSync(program, [...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  });
}

const one = (dir: string, pattern: RegExp): string => readdirSync(dir).find((name) => pattern.test(name)) ?? '';

/** The package as a repository's files, or why it cannot be had here. */
function fetched(t: TestContext, wanted: Package): Files | string {
  const scratch = mkdtempSync(join(tmpdir(), 'omk-package-'));
  t.after(() => rmSync(scratch, { recursive: true, force: true }));
  const dir = join(scratch, 'package');
  mkdirSync(dir);
  try {
    for (const [program, ...args] of wanted.needs) run(scratch, program, ...args);
    wanted.get(dir, scratch);
  } catch (error) {
    return `${wanted.name}@${wanted.version} cannot be had here: ${String(error).split('\n')[0]}`;
  }
  const files: Record<string, string> = {};
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    chmodSync(path, 0o644);
    files[path.slice(dir.length + 1)] = readFileSync(path, 'utf8');
  }
  return files;
}

suite('packages of the public registries', () => {
  for (const wanted of PACKAGES) {
    test(
      `${wanted.name}@${wanted.version}: a bug that is mended wrongly first ends ready`,
      { timeout: 600_000 },
      async (t) => {
        const files = fetched(t, wanted);
        if (typeof files === 'string') return t.skip(files);
        const source = files[wanted.file] ?? '';
        assert.ok(source.includes(wanted.right), `${wanted.file} is not as it was`);
        const here = await machine(t, {
          ...files,
          '.omk/gates.toml': `[[gates]]\nname = "test"\n${wanted.gate}\n`,
          [wanted.file]: source.replaceAll(wanted.right, wanted.wrong),
        });
        const turn = (content: string) => ({
          steps: [{ write: { path: wanted.file, content } }, { say: 'Done: all tests pass.' }],
        });
        const agent = here.agent({ turns: [turn(source.replaceAll(wanted.right, wanted.alsoWrong)), turn(source)] });
        const ran = await here.omk(['run', '--json', '--agent', agent, 'Make the failing tests pass']);
        const { status, events, gaps } = parseRun(ran);
        assert.equal(status, 'ready', `${ran.err}\n${JSON.stringify(gaps, null, 1)}`);
        assert.equal(events.filter((event) => event.type === 'turn.ended').length, 2);

        const measured = events.filter((event) => event.type === 'gate.measured').map(({ data }) => data ?? {});
        const passed = measured.findLast((one) => one['purpose'] !== 'canary')?.['report'];
        assert.ok(JSON.stringify(passed).includes('"kind":"tests"'));
        assert.ok(countOf(passed) >= wanted.tests, `only ${countOf(passed)} tests of the suite were counted`);
        assert.ok(measured.some((one) => one['purpose'] === 'canary' && one['canary'] !== null));
        assert.equal((await here.omk(['verify', 'latest'])).code, 0);
      },
    );
  }
});

function countOf(report: unknown): number {
  if (typeof report !== 'object' || report === null || !('tests' in report)) return 0;
  const { tests } = report;
  return typeof tests === 'object' && tests !== null && 'passed' in tests && Array.isArray(tests.passed)
    ? tests.passed.length
    : 0;
}
