import { lstat, mkdir, rename } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { parse } from 'smol-toml';
import { parseCommand } from '../../command/argv.ts';
import { placeLayer } from '../../run/layer.ts';
import { networkAccess } from '../network.ts';
import type { Build, Installed, Planner } from '../plan.ts';
import { none } from '../recipe.ts';
import { CHECKOUT, runStep } from '../step.ts';

const FILE = '.omk/config.toml';

/**
 * What `.omk/config.toml` of the base declares for what nothing here detects: `[worktree] setup` is run once for each base, after all
 * that is installed and with it, without credentials, and the folders of `cache` that it leaves are copied for every gate and agent.
 */
export const planDeclared: Planner = async ({ base }) => {
  const text = await base.text(FILE);
  if (text === null) return none(null);
  const declared = readDeclared(text);
  if (declared === null) return none(null);
  if ('wrong' in declared) return { kind: 'failed', detail: `${FILE}: ${declared.wrong}` };
  const { argv, cache } = declared;
  const tracked = cache.find((folder) =>
    base.entries.some(({ path }) => path === folder || path.startsWith(`${folder}/`)),
  );
  if (tracked !== undefined)
    return { kind: 'failed', detail: `${FILE}: \`worktree.cache\` names ${tracked}, which is part of the tree` };
  return {
    kind: 'plan',
    manager: 'setup',
    folder: 'setup',
    place: 'fixed',
    writable: true,
    env: { OMK_SETUP: '$DIR' },
    pathPrefix: [],
    tools: [],
    // The command may read anything.
    inputs: { argv, cache, tree: base.tree, equipped: true },
    install: (build) => setUp(build, argv, cache),
  };
};

type Argv = readonly [string, ...string[]];

async function setUp(build: Build, argv: Argv, cache: readonly string[]): Promise<Installed> {
  const own = join(build.out, 'setup');
  await mkdir(own);
  if (build.trust === 'candidate')
    return {
      kind: 'failed',
      detail: 'the set-up of the base is not there any more: run it again on the base',
      tail: '',
    };
  const { layer = null, scratch: dir, checkout, path } = build;
  const sandbox = await build.sandboxes.detect();
  const seen = { checkout: sandbox.kind === 'none' ? checkout : CHECKOUT };
  // It has the network, so what tells managers that there is none is left out.
  const online = layer && { ...layer, offline: {} };
  const { binds, env, pathPrefix } = await placeLayer(online, { dir, checkout, seen }, sandbox, path);
  const access = networkAccess(build.env, 'candidate');
  const equipped = { ...build, path: [...pathPrefix, path].join(delimiter) };
  const all = { ...access, env: { ...env, ...access.env, OMK_SETUP: own } };
  const done = await runStep(equipped, 'the set-up command', argv, all, binds);
  if (done.kind === 'failed') return done;
  const nested: string[] = [];
  for (const folder of cache) {
    const stat = await lstat(join(build.checkout, folder)).catch(() => null);
    if (stat === null) continue;
    if (!stat.isDirectory())
      return { kind: 'failed', detail: `the set-up command left ${folder}, which is no folder`, tail: '' };
    await mkdir(join(build.out, 'nested', dirname(folder)), { recursive: true });
    await rename(join(build.checkout, folder), join(build.out, 'nested', folder));
    nested.push(folder);
  }
  return { kind: 'done', nested };
}

/** The `[worktree]` table; null when it declares no set-up. */
export function readDeclared(
  text: string,
): { readonly argv: Argv; readonly cache: readonly string[] } | { readonly wrong: string } | null {
  let table: unknown;
  try {
    table = parse(text)['worktree'];
  } catch {
    return { wrong: 'it is not TOML' };
  }
  if (typeof table !== 'object' || table === null) return null;
  const setup: unknown = Reflect.get(table, 'setup');
  const cache: unknown = Reflect.get(table, 'cache') ?? [];
  if (setup === undefined) return null;
  const command = typeof setup === 'string' ? parseCommand(setup) : null;
  if (command === null || command.kind === 'invalid') return { wrong: '`worktree.setup` must be a command line' };
  if (!Array.isArray(cache) || !cache.every(isFolder))
    return { wrong: '`worktree.cache` must be a list of folders inside the repository' };
  return { argv: command.argv, cache: [...new Set(cache.map((folder) => folder.replace(/\/+$/, '')))].sort() };
}

const isFolder = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^[^/\\\0]/.test(value) &&
  value
    .replace(/\/+$/, '')
    .split('/')
    .every((part) => !['', '.', '..', '.git'].includes(part.toLowerCase()));
