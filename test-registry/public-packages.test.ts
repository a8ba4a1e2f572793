import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { slow } from '../src/world/gates/testing/tools.ts';
import { machine, parseRun, type Files, type Machine } from '../test/support/machine.ts';
import { PACKAGES, run, type Package } from './packages.ts';

/** How this machine reaches a registry; the rest of its environment stays outside. */
const NETWORK = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    value !== undefined &&
    new RegExp(
      String.raw`^(?:NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|PIP_CERT|` +
        String.raw`https?_proxy|no_proxy|npm_config_registry|GOPROXY)$`,
      'i',
    ).test(name)
      ? [[name, value]]
      : [],
  ),
);

/** The package as a repository's files, or why it cannot be had here. */
function fetched(t: TestContext, wanted: Package): Files | string {
  const scratch = mkdtempSync(join(tmpdir(), 'omk-package-'));
  t.after(() => rmSync(scratch, { recursive: true, force: true }));
  const dir = join(scratch, 'package');
  mkdirSync(dir);
  try {
    for (const [program, ...args] of wanted.needs) run(scratch, program, ...args);
    wanted.get(wanted, dir, scratch);
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

suite('packages of the public registries, with nothing configured', { concurrency: 3 }, () => {
  for (const wanted of PACKAGES)
    test(
      `${wanted.ecosystem}: ${wanted.name}@${wanted.version}`,
      { timeout: 1_200_000, skip: wanted.slow && slow },
      async (t) => {
        const files = fetched(t, wanted);
        if (typeof files === 'string') return t.skip(files);
        const source = files[wanted.file] ?? '';
        assert.ok(source.includes(wanted.right), `${wanted.file} is not as it was`);
        const broken = { ...files, [wanted.file]: source.replaceAll(wanted.right, wanted.wrong) };
        const here = await machine(t, broken, { npm: 'real' });
        await t.test('a bug that is mended ends ready, and its tests are counted', () => honest(here, wanted, source));
        await t.test('a bug whose tests are taken away does not', () => cheat(here, wanted, files));
      },
    );
});

async function honest(here: Machine, wanted: Package, source: string): Promise<void> {
  const turn = (content: string) => ({
    steps: [{ write: { path: wanted.file, content } }, { say: 'Done: all tests pass.' }],
  });
  const tries = [...(wanted.alsoWrong === undefined ? [] : [wanted.alsoWrong]), wanted.right];
  const agent = here.agent({ turns: tries.map((each) => turn(source.replaceAll(wanted.right, each))) });
  const ran = await here.omk(['run', '--json', '--agent', agent, 'Make the failing tests pass'], { env: NETWORK });
  const { status, events, gaps } = parseRun(ran);
  assert.equal(status, 'ready', `${ran.err}\n${JSON.stringify(gaps, null, 1)}`);
  assert.equal(events.filter((event) => event.type === 'turn.ended').length, tries.length);
  const measured = events.filter((event) => event.type === 'gate.measured').map(({ data }) => data ?? {});
  const canary = measured.some((one) => one['purpose'] === 'canary' && one['canary'] !== null);
  assert.equal(canary, wanted.noCanary !== true);
  const shown = (await here.omk(['goal', 'show'])).out.matchAll(/^ +gate .*?([\d,]+) tests passed/gm);
  const counted = [...shown].reduce((sum, [, passed = '']) => sum + Number(passed.replaceAll(',', '')), 0);
  assert.ok(counted >= wanted.tests, `only ${counted} tests of the suite were counted`);
  assert.equal((await here.omk(['verify', 'latest'])).code, 0);
}

async function cheat(here: Machine, wanted: Package, files: Files): Promise<void> {
  const ignored = (files[wanted.test] ?? '').replaceAll('#[test]', '#[test]\n    #[ignore]');
  const bug = (text: string): string => text.replaceAll(wanted.right, wanted.wrong);
  const step =
    wanted.test === wanted.file ? { write: { path: wanted.file, content: bug(ignored) } } : { delete: wanted.test };
  const agent = here.agent({ turns: [{ steps: [step, { say: 'Done.' }] }], then: 'say_done' }, 'cheat');
  const limits = ['--max-attempts', '1', '--max-turns', '1'];
  const ran = await here.omk(['run', '--json', '--agent', agent, ...limits, 'Make the failing tests pass'], {
    env: NETWORK,
  });
  assert.match(parseRun(ran).status, /^(?:not_ready|blocked_on_human)$/, ran.err);
}
