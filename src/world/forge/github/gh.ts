import { delimiter, isAbsolute } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { startProcess } from '../../process/start.ts';
import type { Env } from './host.ts';

/** What gh needs to find its login and the network. */
const NAMES = (
  'HOME USER LOGNAME XDG_CONFIG_HOME XDG_STATE_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR ' +
  'GH_CONFIG_DIR GH_TOKEN GITHUB_TOKEN GH_ENTERPRISE_TOKEN GITHUB_ENTERPRISE_TOKEN GH_HOST ' +
  'http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY ' +
  'SSL_CERT_FILE SSL_CERT_DIR DBUS_SESSION_BUS_ADDRESS TMPDIR'
).split(' ');

/** The whole environment of gh: no prompt, no pager, no colour, no look for updates. */
function environment(env: Env): Record<string, string> {
  const known = NAMES.flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value]];
  });
  const path = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute).join(delimiter);
  return {
    ...Object.fromEntries(known),
    PATH: path,
    LC_ALL: 'C',
    GH_PROMPT_DISABLED: '1',
    GH_NO_UPDATE_NOTIFIER: '1',
    GH_PAGER: 'cat',
    NO_COLOR: '1',
    CLICOLOR_FORCE: '0',
  };
}

interface GhOutput {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

async function run(env: Env, args: readonly string[], input: string | null): Promise<GhOutput | null> {
  const started = await startProcess({ argv: ['gh', ...args], cwd: '/', env: environment(env) }).catch(() => null);
  if (started === null) return null;
  const output = Promise.all([buffer(started.stdout), buffer(started.stderr)]);
  started.stdin.end(input ?? '');
  const ended = await started.exited;
  const [stdout, stderr] = await output;
  return { code: ended.kind === 'exited' ? ended.code : 1, stdout, stderr: stderr.toString('utf8') };
}

/** Whether gh is installed and has a login for a host. The token is not looked at. */
export const ghIsLoggedIn = async (env: Env, host: string): Promise<boolean> =>
  (await run(env, ['auth', 'token', '--hostname', host], null))?.code === 0;

/** How a request of octokit gets its response. */
export type Transport = (url: string, init?: RequestInit) => Promise<Response>;

/** Requests of one host's API that gh performs with its own login: omk never sees the token. */
export function throughGh(env: Env, host: string, base: string): Transport {
  return async (url, init) => {
    const graphql = `${base.replace(/\/api\/v3$/u, '/api')}/graphql`;
    const path = url === graphql ? 'graphql' : url.slice(base.length).replace(/^\//u, '');
    const body = typeof init?.body === 'string' ? init.body : null;
    const accept = new Headers(init?.headers).get('accept');
    const head = ['api', '--hostname', host, '--include', '--method', init?.method ?? 'GET'];
    const header = accept === null ? [] : ['--header', `accept: ${accept}`];
    const output = await run(env, [...head, ...header, ...(body === null ? [] : ['--input', '-']), path], body);
    const response = output && readResponse(output.stdout);
    if (response) return response;
    throw new TypeError(`gh: ${output?.stderr.trim() ?? 'it could not be started'}`);
  };
}

/** `--include` prints the status line and the headers before the body; null where gh got no answer. */
export function readResponse(stdout: Buffer): Response | null {
  const text = stdout.toString('latin1');
  const end = text.indexOf('\r\n\r\n') >= 0 ? text.indexOf('\r\n\r\n') + 4 : text.length;
  const [status = '', ...lines] = text.slice(0, end).split(/\r?\n/u);
  const code = Number(/^HTTP\/[\d.]+ (\d{3})/u.exec(status)?.[1]);
  if (!Number.isInteger(code) || code < 200 || code > 599) return null;
  const headers = new Headers();
  for (const line of lines) {
    const at = line.indexOf(':');
    if (at > 0) headers.append(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  const body = stdout.subarray(Buffer.byteLength(text.slice(0, end), 'latin1'));
  const empty = code === 204 || code === 205 || code === 304;
  return new Response(empty ? null : new Uint8Array(body), { status: code, headers });
}
