import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { OmkError } from '../../domain/error.ts';
import type { Sandbox } from '../../domain/gates/evidence.ts';
import { agentView } from './agent-view.ts';
import { findBubblewrap, ISOLATE } from './bubblewrap.ts';
import { gatePath } from './environment.ts';
import { GATE_HOME, GATE_TMP, gateView } from './gate-view.ts';
import { hide } from './hide.ts';
import { homeOf, listedHome } from './home.ts';
import { kindOf, realPath } from './paths.ts';
import { findOverlays, keepsIn, prepareOverlays, withOverlays, type Overlays } from './overlay.ts';
import type { Bind, SandboxedCommand, Sandboxes, SandboxRequest } from './port.ts';
import { findToolchains, type Toolchains } from './toolchains.ts';

/**
 * The sandboxes of this machine. `mode` `none`, or `OMK_SANDBOX=none`, goes without; the proof then says so.
 * Throws `SANDBOX_INVALID` for another value of `OMK_SANDBOX`.
 */
export function openSandboxes(options: {
  readonly env: NodeJS.ProcessEnv;
  readonly mode?: 'auto' | 'none';
}): Sandboxes {
  const { env } = options;
  const mode = options.mode ?? modeOf(env['OMK_SANDBOX']);
  const path = gatePath(env);
  const homes = [...new Set([homeOf(env), listedHome()].map((home) => (home === null ? null : realPath(home))))].filter(
    (home): home is string => home !== null && home !== '/',
  );
  let toolchains: Toolchains | null = null;
  const tools = (): Toolchains => (toolchains ??= findToolchains(path, env, homes));
  let finding: ReturnType<typeof findBubblewrap> | null = null;
  const find = (): ReturnType<typeof findBubblewrap> =>
    (finding ??=
      mode === 'none' ? Promise.resolve({ kind: 'none', why: 'turned off (OMK_SANDBOX=none)' }) : findBubblewrap(path));

  let trying: Promise<Overlays> | null = null;
  const overlays = (program: string): Promise<Overlays> => (trying ??= findOverlays(program, ISOLATE));

  const keeping = new Map<string, Promise<boolean>>();
  const keepsOverlays = async (folder: string): Promise<boolean> => {
    const found = await find();
    if (found.kind === 'none') return false;
    const known = keeping.get(folder) ?? keepsIn(await overlays(found.program), found.program, ISOLATE, folder);
    keeping.set(folder, known);
    return known;
  };

  const detect = async (): Promise<Sandbox> => {
    const found = await find();
    return found.kind === 'none' ? found : { kind: 'bubblewrap', version: found.version, network: false };
  };
  const wrap = async (request: SandboxRequest): Promise<SandboxedCommand> => {
    checkBinds(request.binds);
    const found = await find();
    const given = { ...tools().env, ...request.env };
    if (found.kind === 'none') return withoutSandbox(request, given, found);
    const gate = request.view === 'gate';
    const env: Record<string, string> = gate
      ? { ...offline(request.network), ...given, HOME: GATE_HOME, TMPDIR: GATE_TMP }
      : given;
    const hidden = request.hidden.map(realPath).filter((path) => path !== null);
    const loader = Object.entries(env).filter(([name]) => LOADER.test(name));
    const start: readonly [string, ...string[]] = [
      found.program,
      ...ISOLATE,
      ...(request.hostname === undefined ? [] : ['--hostname', request.hostname]),
      ...(request.network ? ['--share-net'] : []),
      ...(gate ? gateView(tools(), homes, hidden, request.network) : agentView(tools(), homes, hidden)),
      ...hide(tools().secrets),
      '--proc',
      '/proc',
      '--dev',
      '/dev',
      ...(process.geteuid?.() === 0 ? ROOT_PROC : []),
    ];
    const rest = [
      ...loader.flatMap(([name, value]) => ['--setenv', name, value]),
      '--chdir',
      request.cwd,
      '--',
      ...request.argv,
    ];
    await prepareOverlays(request.binds);
    const ways = request.binds.some(({ overlay }) => overlay) ? await overlays(found.program) : NO_OVERLAYS;
    return {
      argv: withOverlays(ways, request.binds, start, rest),
      cwd: '/',
      env: Object.fromEntries(Object.entries(env).filter(([name]) => !LOADER.test(name))),
      sandbox: { kind: 'bubblewrap', version: found.version, network: request.network },
    };
  };
  return { detect, keepsOverlays, wrap };
}

/** Root owns the machine's settings, and an owner needs no capability to write them. Nobody else can. */
const ROOT_PROC = ['sys', 'fs', 'irq', 'bus', 'acpi', 'scsi', 'sysrq-trigger'].flatMap((name) => [
  '--ro-bind-try',
  `/proc/${name}`,
  `/proc/${name}`,
]);

const NO_OVERLAYS: Overlays = { kind: 'none' };

/**
 * The rest of the environment is handed to bubblewrap itself, because arguments can be read by every user. These
 * would load code into bubblewrap, or change what is started before it, outside the sandbox, so they are set inside it.
 */
const LOADER = /^(?:LD_|GLIBC_TUNABLES$|GCONV_PATH$|LOCPATH$|MALLOC_|BASH|ENV$|SHELLOPTS$|LIBMOUNT_)/;

/** Tools that ask the network first are told that there is none. */
const offline = (network: boolean): Record<string, string> =>
  network ? {} : { CARGO_NET_OFFLINE: 'true', GOPROXY: 'off', GOTOOLCHAIN: 'local' };

function modeOf(value: string | undefined): 'auto' | 'none' {
  if (value === undefined || value === '' || value === 'auto') return 'auto';
  if (value === 'none') return 'none';
  throw new OmkError('SANDBOX_INVALID', `OMK_SANDBOX is "${value}".`, 'Set it to auto or none, or unset it.');
}

/** A bind that does not exist would look like a failure of the program. */
function checkBinds(binds: readonly Bind[]): void {
  const missing = binds.find(({ from }) => kindOf(from) === null);
  if (missing === undefined) return;
  throw new OmkError(
    'BIND_MISSING',
    `${missing.from} should be shown in the sandbox and does not exist.`,
    'Run the same command again.',
    {
      exit: 6,
    },
  );
}

async function withoutSandbox(
  request: SandboxRequest,
  env: Record<string, string>,
  sandbox: Sandbox,
): Promise<SandboxedCommand> {
  const moved = request.binds.find(({ from, to }) => to !== undefined && to !== from);
  if (moved !== undefined) {
    throw new OmkError(
      'BIND_NEEDS_SANDBOX',
      `${moved.from} can appear at ${moved.to} in a sandbox only.`,
      'Install bubblewrap.',
      {
        exit: 6,
      },
    );
  }
  for (const folder of [env['HOME'], env['TMPDIR']]) if (folder !== undefined) await mkdir(folder, { recursive: true });
  const marker = request.marker ?? { name: 'OMK_RUN', value: randomBytes(16).toString('hex') };
  return { argv: request.argv, cwd: request.cwd, env, sandbox, marker };
}
