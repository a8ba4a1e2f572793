import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { LAYER_PROJECTS, type LayerProject } from '../test/support/layer-projects.ts';
import { machine, parseRun } from '../test/support/machine.ts';

/** Each package manager taken through a whole run, from a red test to `ready`, with a dependency that only its layer brings. */
const network = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    /^(?:NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|PIP_CERT|https?_proxy|no_proxy)$/i.test(
      name,
    ),
  ),
) as Readonly<Record<string, string>>;

const reached = new Map<string, Promise<boolean>>();
const reaches = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(10_000) }).then(
    async (answer) => (await answer.body?.cancel(), true),
    () => false,
  );

/** Why this machine cannot take the project through a run, or false. */
async function missing({ name, tools, registry, slow }: LayerProject): Promise<string | false> {
  if (slow && process.env['OMK_TEST_SLOW'] !== '1') return 'slow: set OMK_TEST_SLOW=1';
  for (const [program, ...args] of tools) {
    const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
    if (status !== 0) return `${[program, ...args].join(' ')} does not work on this machine`;
    if (program === 'yarn' && stdout.startsWith('1.') !== (name === 'yarn 1'))
      return `yarn on this machine is ${stdout.trim()}`;
  }
  const asked = reached.get(registry) ?? reaches(registry);
  reached.set(registry, asked);
  return (await asked) ? false : `${new URL(registry).host} cannot be reached`;
}

const skipped = new Map(
  await Promise.all(LAYER_PROJECTS.map(async (project) => [project.name, await missing(project)] as const)),
);

describe('dependency layers', () => {
  for (const project of LAYER_PROJECTS)
    test(
      `${project.name}: from red to ready with its own dependencies`,
      { skip: skipped.get(project.name) ?? false },
      async (t) => {
        const m = await machine(t, project.files);
        const fix = { edit: { path: project.subject, find: project.bug, replace: project.fix } };
        const agent = m.agent({ turns: [{ steps: [fix, { say: 'Done.' }] }], then: 'say_done' });
        const checks = project.check === undefined ? [] : ['--check', project.check];
        const ran = await m.omk(
          ['run', '--json', '--agent', agent, '--max-attempts', '1', ...checks, 'Make the red test green'],
          { env: network },
        );
        const run = parseRun(ran);
        const prepared = run.events.find(({ type }) => type === 'dependencies.prepared');
        assert.equal(
          String(prepared?.data?.['detail']).split(' ')[0],
          project.name.split(' ')[0],
          `${ran.out.slice(-800)}\n${ran.err}`,
        );
        assert.notEqual(prepared?.data?.['layer'], null);
        assert.equal(
          run.status,
          'ready',
          `${JSON.stringify(run.gaps, null, 1)}\n${ran.err}\n` +
            `${JSON.stringify(run.events.filter(({ type }) => type === 'gate.measured').map(({ data }) => data?.['tail']))}`,
        );
      },
    );
});
