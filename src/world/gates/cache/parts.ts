import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { canonical } from '../../../domain/canonical.ts';
import { isEmpty } from '../../../domain/gates/beside-tree.ts';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { inputsText } from '../../../domain/gates/cached.ts';
import type { CacheParts } from '../../../domain/gates/evidence.ts';
import type { Sha256 } from '../../../domain/ids.ts';
import type { Bind } from '../../sandbox/port.ts';
import type { Layer, RunGateRequest } from '../port.ts';
import type { Supplies } from '../../git/port.ts';
import { seesGit } from '../run/supplies.ts';
import { readerOf } from '../readers/all.ts';
import type { RunContext } from '../run/context.ts';
import { gateEnvironment } from '../run/environment.ts';
import { versionOf } from '../run/tools.ts';

const digest = (value: unknown): Sha256 => createHash('sha256').update(canonical(value)).digest('hex');

export const keyed = (parts: CacheParts): { readonly key: Sha256; readonly parts: CacheParts } => ({
  key: digest(parts),
  parts,
});

/** The parts that are known at once, and the others, which programs are asked for. */
interface Asked {
  readonly about: Sha256;
  readonly parts: Promise<CacheParts>;
}

/** What an execution depends on, known before it; or why what it shows is not kept, as a sentence. */
export async function askParts(
  context: RunContext,
  { gate, purpose, tree, canaryBase, layer, vault, supplies }: RunGateRequest,
  omk: string,
): Promise<Asked | string> {
  if (gate.network) return 'a gate with network depends on more than omk can name';
  if (supplies && supplies.told.included.length > 0)
    return `files of your checkout take part in it (${supplies.told.included[0] ?? ''})`;
  const sandbox = await context.sandboxes.detect();
  if (sandbox.kind === 'none') return `without a sandbox a gate may depend on anything (${sandbox.why})`;
  const inputs = gate.inputs ? inputsText(await vault.listTree(tree), gate.inputs) : tree;
  if (inputs === null) return `no file of this tree matches the inputs of gate ${gate.id}`;
  const env = gateEnvironment({
    gate,
    layer: { env: { ...layer?.env, ...layer?.offline }, pathPrefix: layer?.pathPrefix ?? [] },
    path: context.path,
    home: '',
    tmp: '',
    extra: {},
  });
  const { argv, cwd, reader, services = [], timeoutMs } = gate;
  const known = {
    inputs: gate.inputs ? createHash('sha256').update(inputs).digest('hex') : inputs,
    canaryBase,
    ...(purpose === 'altered' ? { altered: true as const } : {}),
    settings: digest({
      argv,
      cwd,
      reader,
      services,
      timeoutMs,
      env,
      inputs: gate.inputs ?? null,
      ...besideOf(gate, supplies),
    }),
    layer: layer?.digest ?? null,
    sandbox: `${sandbox.kind} ${sandbox.version}`,
    omk,
  };
  const asked = Promise.all([
    context.tools(versionOf(argv[0]) ?? readerOf(reader)?.version ?? null, env, layerBinds(layer)),
    machineOf(env['PATH'] ?? ''),
  ]);
  const parts = asked.then(([tools, machine]) => ({ ...known, tools, machine }));
  parts.catch(() => undefined);
  return { about: digest(known), parts };
}

/** What is beside the tree, where there is something: the tree names submodules and objects, but not whether they are there. */
function besideOf(gate: GateSpec, supplies: Supplies | undefined): Readonly<Record<string, unknown>> {
  if (!supplies) return {};
  const { told, git } = supplies;
  return {
    ...(seesGit(gate) ? { git: git.commit } : {}),
    ...(isEmpty(told) ? {} : { beside: told }),
  };
}

const layerBinds = (layer: Layer | null): readonly Bind[] =>
  layer === null
    ? []
    : [layer, ...(layer.more ?? [])].map(({ dir, fixed }) => ({
        from: dir,
        ...(fixed === undefined ? {} : { to: fixed }),
        writable: false,
      }));

/** A program that comes, goes or is replaced changes the folder it lies in. */
async function machineOf(path: string): Promise<Sha256> {
  const folders = await Promise.all(
    [...path.split(':'), '/etc/os-release', '/usr/lib', '/usr/local/lib'].map(async (folder) => [
      folder,
      await changedAt(folder),
    ]),
  );
  return digest([process.platform, process.arch, folders]);
}

const changedAt = (folder: string): Promise<string | null> =>
  stat(folder, { bigint: true }).then(
    ({ mtimeNs, ino }) => `${mtimeNs} ${ino}`,
    () => null,
  );
