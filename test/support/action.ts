import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { parse } from 'yaml';
import { finish, type Ran } from './machine.ts';

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

type Names = Readonly<Record<string, string>>;

export interface Job {
  /** The folder that is checked out. */
  readonly workspace: string;
  /** A folder of the runner for this job. */
  readonly temp: string;
  readonly inputs: Names;
  readonly event: unknown;
  readonly token: string;
  readonly api: string;
  readonly env: Names;
}

/** A composite action as a runner runs it: the `run` steps in order with their environment, `uses` steps only named. */
export async function runAction(folder: string, job: Job) {
  const action = parse(readFileSync(join(folder, 'action.yml'), 'utf8'));
  const steps: readonly Step[] = action.runs.steps;
  const values = new Map<string, string>();
  for (const [name, input] of Object.entries<{ default?: string }>(action.inputs))
    values.set(`inputs.${name}`, job.inputs[name] ?? input.default ?? '');
  for (const [path, value] of flat('github.event', job.event)) values.set(path, value);
  values
    .set('github.token', job.token)
    .set('github.sha', 'f'.repeat(40))
    .set('runner.temp', job.temp)
    .set('runner.os', 'Linux');
  const file = (name: string): string => join(job.temp, name);
  mkdirSync(job.temp, { recursive: true });
  writeFileSync(file('event.json'), JSON.stringify(job.event));
  writeFileSync(file('summary'), '');
  const ran: { readonly name: string; readonly ran: Ran }[] = [];
  const used: string[] = [];
  let failed = false;
  for (const step of steps) {
    if (!(step.if === undefined ? !failed : holds(step.if, values, failed))) continue;
    if (step.run === undefined) {
      used.push(step.uses ?? '');
      continue;
    }
    writeFileSync(file('output'), '');
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, text]) => [name, filled(text, values)]));
    const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', step.run], {
      cwd: job.workspace,
      env: {
        ...job.env,
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: folder,
        GITHUB_API_URL: job.api,
        GITHUB_EVENT_PATH: file('event.json'),
        GITHUB_OUTPUT: file('output'),
        GITHUB_REPOSITORY: 'acme/sums',
        GITHUB_STEP_SUMMARY: file('summary'),
        RUNNER_TEMP: job.temp,
        ...env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const result = await finish(child, '');
    ran.push({ name: step.name, ran: result });
    failed ||= result.code !== 0;
    for (const [, name = '', value = ''] of readFileSync(file('output'), 'utf8').matchAll(/^([\w-]+)=(.*)$/gm))
      values.set(`steps.${step.id ?? ''}.outputs.${name}`, value);
  }
  return {
    steps: ran,
    used,
    failed,
    summary: readFileSync(file('summary'), 'utf8'),
    output: (name: string) => values.get(`steps.omk.outputs.${name}`),
  };
}

function flat(path: string, value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value).flatMap(([name, inner]) => flat(`${path}.${name}`, inner));
}

const filled = (text: string, values: ReadonlyMap<string, string>): string =>
  String(text).replace(/\$\{\{(.*?)\}\}/g, (_all, expression: string) => valueOf(expression, values));

/** `a || b`: the first that is not empty. */
const valueOf = (expression: string, values: ReadonlyMap<string, string>): string =>
  expression
    .split('||')
    .map((each) => values.get(each.trim()) ?? '')
    .find((each) => each !== '') ?? '';

function holds(condition: string, values: ReadonlyMap<string, string>, failed: boolean): boolean {
  if (condition === 'always()') return true;
  const [, path = '', wanted = ''] = /^([\w.-]+) == '(.*)'$/.exec(condition) ?? [];
  return !failed && (values.get(path) ?? '') === wanted;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly token: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The few answers of GitHub that a report needs, on loopback; `writes: false`: as for a token that may only read. */
export async function fakeApi({ writes }: { readonly writes: boolean }) {
  const calls: Call[] = [];
  const comments: { id: number; body: unknown; user: { type: string } }[] = Array.from(
    { length: 120 },
    (_each, index) => ({
      id: index + 1,
      body: index === 3 ? '<!-- omk -->\nnot by a bot' : 'hello',
      user: { type: 'User' },
    }),
  );
  const answer = ({ method, path, body }: Call): readonly [number, unknown] => {
    const url = new URL(path, 'http://localhost');
    if (method === 'GET') {
      const page = Number(url.searchParams.get('page') ?? '1');
      return [200, comments.slice((page - 1) * 100, page * 100)];
    }
    if (!writes) return [403, { message: 'Resource not accessible by integration' }];
    const [, id] = /\/issues\/comments\/(\d+)$/.exec(url.pathname) ?? [];
    const known = comments.find((each) => String(each.id) === id);
    if (method === 'PATCH' && known) known.body = body['body'];
    else if (url.pathname.endsWith('/issues/7/comments'))
      comments.push({ id: comments.length + 1, body: body['body'], user: { type: 'Bot' } });
    return [201, {}];
  };
  const server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += part));
    request.on('end', () => {
      const call: Call = {
        method: request.method ?? '',
        path: request.url ?? '',
        token: request.headers.authorization ?? '',
        body: text === '' ? {} : JSON.parse(text),
      };
      calls.push(call);
      const [status, content] = answer(call);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    ours: () => comments.filter(({ user }) => user.type === 'Bot'),
    close: () => server.close(),
  };
}
