import type { CacheKey, LayerResult, RunGateRequest } from '../../../../app/gates.ts';
import { classify, type PathKind } from '../../../../domain/contract/classify.ts';
import { lackFix, lackText, type Beside } from '../../../../domain/gates/beside-tree.ts';
import type { GateSpec } from '../../../../domain/gates/gate.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { printJson, type Output } from '../../output/print.ts';
import { readerLines } from './reader-lines.ts';
import { origin, withGates } from './show.ts';
import type { RepoPath } from '../../../../domain/ids.ts';

/** `omk gates explain`: what judges HEAD, and why each part of it is what it is. */
export const explain = (checks: readonly string[], output: Output): Promise<number> =>
  withGates(checks, async ({ world, vault, repository }, gates) => {
    const sandbox = await world.sandboxes.detect();
    const supplies = await world.git.supplies(repository.pin);
    const layer = await world.gates.layer(vault, repository.pin.tree, repository.pin.tree, supplies);
    const requestFor = (gate: GateSpec): RunGateRequest => ({
      gate,
      purpose: 'baseline',
      round: 1,
      tree: repository.pin.tree,
      canaryBase: null,
      layer: layer.kind === 'layer' ? layer.layer : null,
      vault,
      supplies,
    });
    const explained = await Promise.all(
      gates.map(async (gate) => ({
        gate,
        canary: await world.gates.canaryFor(vault, repository.pin.tree, gate),
        cache: await world.gates.cacheKey(requestFor(gate)),
      })),
    );
    const overlay = overlaid(
      (await vault.listTree(repository.pin.tree)).map(({ path, mode }) => ({ path, kind: classify(path, mode) })),
    );
    if (output.json) {
      printJson(output, { commit: repository.pin.commit, sandbox, layer, overlay, gates: explained });
      return 0;
    }
    output.out(`base      ${repository.pin.commit}`);
    output.out(`sandbox   ${sandbox.kind === 'none' ? `none: ${sandbox.why}` : `${sandbox.kind} ${sandbox.version}`}`);
    output.out(`deps      ${dependencies(layer)}`);
    if (layer.kind === 'failed' && layer.tail.trim() !== '')
      for (const line of layer.tail.trim().split('\n').slice(-6)) output.out(`            ${cleanLine(line)}`);
    for (const line of besideLines(supplies.told)) output.out(line);
    for (const line of overlayLines(overlay)) output.out(line);
    for (const { gate, canary, cache } of explained) {
      output.out(`\n${gate.id}  (${gate.required ? 'required' : 'optional'}, ${gate.kind})`);
      output.out(`  command  ${gate.argv.join(' ')}${gate.cwd === '.' ? '' : `   in ${gate.cwd}`}`);
      output.out(`  from     ${origin(gate)}`);
      for (const line of readerLines(gate)) output.out(line);
      output.out(
        `  canary   ${canary.kind === 'none' ? `none: ${canary.why}` : `a test that must fail, planted in ${canary.canary.file}`}`,
      );
      output.out(
        `  network  ${gate.network ? 'allowed' : 'none'}   timeout ${Math.round(gate.timeoutMs / 1000)}s ` +
          `  retries ${gate.retries ?? 0}${gate.weight === undefined ? '' : `   weight ${gate.weight}`}`,
      );
      if (gate.inputs) output.out(`  inputs   ${toldInputs(gate.inputs)}`);
      for (const { name, argv, cwd } of gate.services ?? [])
        output.out(`  service  ${name}: ${argv.join(' ')}${cwd === '.' ? '' : `   in ${cwd}`}`);
      for (const line of cacheLines(cache)) output.out(line);
    }
    return 0;
  });

/** What checkouts get beside the tree, and what they should get and do not. */
function besideLines({ submodules, lfs, included, lacks }: Beside): readonly string[] {
  const some = (what: string, paths: readonly RepoPath[]): readonly string[] =>
    paths.length === 0
      ? []
      : [
          `beside    ${what}: ${paths
            .slice(0, 4)
            .map((path) => cleanLine(path))
            .join(', ')}${paths.length > 4 ? `, and ${paths.length - 4} more` : ''}`,
        ];
  return [
    ...some(
      'submodules of your clone',
      submodules.map(({ path }) => path),
    ),
    ...some(
      'objects of Git LFS',
      lfs.map(({ path }) => path),
    ),
    ...some('files of your checkout, by .worktreeinclude', included),
    ...lacks.slice(0, 5).map((lack) => `beside    missing: ${cleanLine(lackText(lack), 300)}: ${lackFix(lack)}`),
  ];
}

type Overlay = Readonly<Record<'test' | 'runner' | 'manifest' | 'policy', readonly string[]>>;

function overlaid(files: readonly { readonly path: RepoPath; readonly kind: PathKind }[]): Overlay {
  const of = (kind: PathKind): readonly string[] => files.filter((each) => each.kind === kind).map(({ path }) => path);
  return { test: of('test'), runner: of('runner'), manifest: of('manifest'), policy: of('policy') };
}

/** Which files of this repository are the base's again in the tree that decides, and what happens to the others. */
function overlayLines({ test, runner, manifest, policy }: Overlay): readonly string[] {
  const some = (paths: readonly RepoPath[]): string =>
    paths.length === 0 ? 'none' : `${paths.length}: ${paths.slice(0, 4).join(', ')}${paths.length > 4 ? ', …' : ''}`;
  return [
    'overlay   laid over a candidate, because they decide how it is judged (docs/gates.md has the rules):',
    `            tests      ${some(test)}`,
    `            settings   ${some(runner)}`,
    `            in part    ${some(manifest)}`,
    `            ${policy.length > 0 ? `never without a person: ${policy.join(', ')}; ` : ''}added runner settings are taken out`,
  ];
}

/** Where none of these changes, what the base showed stands. */
function toldInputs(globs: readonly string[]): string {
  const but = globs.flatMap((glob) => (glob.startsWith('!') ? [glob.slice(1)] : []));
  const only = globs.filter((glob) => !glob.startsWith('!'));
  return `${only.length === 0 ? 'all files' : only.join(', ')}${but.length === 0 ? '' : ` but ${but.join(', ')}`}`;
}

function cacheLines(cache: CacheKey): readonly string[] {
  if (cache.kind === 'none') return [`  cache    none: ${cache.why}`];
  const { tools, inputs, layer, settings, machine, sandbox, omk } = cache.parts;
  const some = cache.kept === 1 ? 'one run' : `${cache.kept} runs`;
  const kept = cache.kept === 0 ? 'nothing' : some;
  const named = Object.entries(tools).map(([name, version]) => `${name} ${version}`);
  return [
    `  cache    key ${cache.key.slice(0, 16)}, ${kept} kept for this tree`,
    `           of inputs ${inputs.slice(0, 12)}, command and environment ${settings.slice(0, 12)}, ` +
      `tools ${named.join(', ') || 'not named'}, deps ${layer?.slice(0, 12) ?? 'none'}, machine ` +
      `${machine.slice(0, 12)}, ${sandbox}, omk ${omk}`,
  ];
}

function dependencies(layer: LayerResult): string {
  if (layer.kind === 'none') return `none: ${layer.why}`;
  if (layer.kind === 'failed') return `failed: ${layer.detail}`;
  return `${layer.layer.kind} layer ${layer.layer.digest.slice(0, 12)}`;
}
