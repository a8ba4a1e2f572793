import { dirname } from 'node:path';
import type { Measurement, TestReport } from '../../../domain/gates/evidence.ts';
import { classify, isTestCode } from '../../../domain/contract/classify.ts';
import { isVendored } from '../../../domain/contract/vendored.ts';
import { isScript } from '../../../domain/contract/languages.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import type { Difference, Stamps, TreeEntry } from '../../git/port.ts';
import { canaryMaker } from '../canary/all.ts';
import type { CommandOutput, RunGateRequest } from '../port.ts';
import type { Argv } from '../readers/port.ts';
import { onlyFiles, treeFiles } from '../tree-files.ts';
import { checkedOut, disturbed, planCanary, plantIn, type Judged, type Planting } from './canary.ts';
import { CACHES } from '../../../ecosystems/caches.ts';
import type { BuildCache, Cached } from './build-cache.ts';
import { ageAdditions } from './age.ts';
import { planAltered } from './altered.ts';
import { randomHex, type RunContext } from './context.ts';
import { execute, type Execution } from './execute.ts';
import { makeFolder, placesOf, type RunFolder } from './folder.ts';
import { outputOf, placeFeed, wroteOf } from './feed.ts';
import { layerWrites } from './layer-writes.ts';
import { mountsOf, placeLayer } from './layer.ts';
import { watchMoves, type Moves } from './moves.ts';
import { notPlanted } from './not-planted.ts';
import { placeSupplies, type PlacedBeside } from './supplies.ts';
import { storeOutput } from './output.ts';
import { watch } from './watch.ts';

const NAMED_PATHS = 20;
/** What the base writes to as well is no news: it must not crowd out what it does not. */
const NAMED_WRITES = 500;

/**
 * One execution of a gate in a fresh checkout (trust rules T4, T5, T13): what omk saw, as a measurement.
 * What the gate does never throws; `OmkError` `INTERRUPTED` when `signal` aborts, and errors of git and the disk.
 */
export async function runGate(
  context: RunContext,
  request: RunGateRequest,
  observe: (line: string) => void,
  signal: AbortSignal,
): Promise<Measurement & { readonly output?: CommandOutput }> {
  const { clock } = context;
  const startedAt = new Date(clock.now()).toISOString();
  const from = clock.monotonic();
  const sandbox = await context.sandboxes.detect();
  const isElsewhere = request.feed?.elsewhere === true && request.layer === null;
  const folder = await makeFolder(context.stateDir, randomHex(clock, 8), sandbox, isElsewhere);
  let left: 'spare' | 'used' = 'used';
  let moves: Moves | null = null;
  try {
    const stamps = await context.checkouts.place(request, folder, sandbox);
    if (request.base !== undefined) await ageAdditions(request.vault, request.base, request.tree, folder.checkout);
    const files = treeFiles(request.vault, request.tree);
    const planting =
      request.canaryBase === null
        ? null
        : await plan(context, request, request.canaryBase, checkedOut(files, folder.checkout));
    if (request.canaryBase !== null && planting === null) return await notPlanted(context, request);
    if (planting !== null) await plantIn(folder.checkout, planting);
    if (request.feed) await placeFeed(request.feed, folder);
    const keeps = request.layer !== null && (await context.sandboxes.keepsOverlays(dirname(folder.dir)));
    const layer = await placeLayer(request.layer, folder, sandbox, context.path, keeps);
    const cache = await cachesOf(context, request, folder, sandbox, layer, signal);
    const supplied = await placeSupplies(request, folder, sandbox);
    const binds = [...folder.binds, ...layer.binds, ...cache.binds, ...supplied.binds];
    const keeping = {
      ...context,
      places: placesOf(context, folder),
      secrets: [...context.secrets, ...(request.supplies?.secrets ?? [])],
    };
    const kept = await keptOfBase(request);
    const ordered = await orderedOf(request);
    const watching = watch(folder.checkout, folder.dir, { kept, looked: request.watched ?? ordered });
    moves = watchMoves(clock, folder.checkout, folder.dir, kept);
    const run = await execute(keeping, request, folder, { binds, env: cache.env, layer }, observe, signal);
    const opened = request.watched === undefined ? null : watching.opened();
    const early = ordered.length === 0 ? null : watching.before(ordered.filter(isTestCode));
    const moved = await moves.end();
    const written = await layerWrites(layer.over);
    const seen = { rewritten: [...watching.rewritten(), ...(moved ?? []), ...written], opened };
    const compared = await compareTree(request, folder, planting, stamps, supplied);
    const untouched = [...compared.changed, ...compared.created, ...compared.emptyFolders].length === 0;
    const mayStay = untouched && supplied.paths.length === 0 && run.sandbox.kind !== 'none';
    if (request.purpose === 'baseline' && planting === null && mayStay) left = 'spare';
    const wrote = request.feed ? await wroteOf(request, [...compared.changed, ...compared.created]) : [];
    const fed = { wallMs: run.wallMs, wrote };
    const output = request.feed && (await outputOf(request.feed, folder, keeping.secrets, fed));
    return {
      ...(output ? { output } : {}),
      ...measurementOf(request, run, folder),
      ...supplied.told,
      changed: compared.changed.slice(0, NAMED_PATHS),
      created: compared.created.slice(0, NAMED_PATHS),
      ...told(seen, compared.changed),
      ...(early === null ? {} : { early: early.filter((path) => classify(path) === 'source') }),
      ...(moved === null ? { unwatched: true as const } : {}),
      canary: planting?.canary ?? null,
      stdout: await storeOutput(keeping, folder.stdout, run.stdoutTruncated),
      stderr: await storeOutput(keeping, folder.stderr, run.stderrTruncated),
      startedAt,
      durationMs: Math.round(clock.monotonic() - from),
    };
  } finally {
    moves?.close();
    await context.checkouts.release(request, folder, left);
  }
}

const cachesOf: BuildCache = async (...of) => {
  const caches = await Promise.all(Object.values(CACHES).map((cache) => cache(...of)));
  return {
    env: Object.assign({}, ...caches.map(({ env }) => env)) as Cached['env'],
    binds: caches.flatMap(({ binds }) => binds),
  };
};

/** Test and runner files of the tree that the base has too: what an agent built and left may be built again. */
async function keptOfBase({ vault, tree, base }: RunGateRequest): Promise<readonly RepoPath[]> {
  const paths = (await treeFiles(vault, tree).list()).filter(isKept).map(({ path }) => path);
  if (base === undefined || base === tree) return paths;
  const there = new Set((await treeFiles(vault, base).list()).map(({ path }) => path));
  return paths.filter((path) => there.has(path));
}

/** Code of the base whose order of opening is looked at: of languages that load it by name while they run. */
async function orderedOf({ gate, purpose, vault, tree, watched }: RunGateRequest): Promise<readonly RepoPath[]> {
  if (purpose !== 'baseline' || gate.reader === 'exit_only' || watched !== undefined) return [];
  const code = (await treeFiles(vault, tree).list()).filter(
    ({ path, mode }) => mode.startsWith('100') && isScript(path),
  );
  return code.length > MOST_ORDERED ? [] : code.map(({ path }) => path);
}

const MOST_ORDERED = 5000;

/** What runs tests, or is one, is not to be written to while they run. */
function isKept({ path, mode }: TreeEntry): boolean {
  const key = `${mode} ${path}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const is =
    mode.startsWith('100') && (isVendored(path) || ['test', 'runner', 'policy'].includes(classify(path, mode)));
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, is);
  return is;
}

/** Runs of one goal ask about nearly the same paths, each time all of them. */
const kept = new Map<string, boolean>();
const MOST_KEPT = 50_000;

function told(
  { rewritten, opened }: { readonly rewritten: readonly RepoPath[]; readonly opened: readonly RepoPath[] | null },
  changed: readonly RepoPath[],
): Pick<Measurement, 'rewritten' | 'opened'> {
  const restored = rewritten.filter((path) => !changed.includes(path)).slice(0, NAMED_WRITES);
  return { ...(restored.length > 0 ? { rewritten: restored } : {}), ...(opened === null ? {} : { opened }) };
}

async function plan(
  { clock, syntax }: RunContext,
  { gate, vault, canaryIn, purpose, round, known = [], red = [] }: RunGateRequest,
  base: TreeId,
  judged: Judged,
): Promise<Planting | null> {
  const hex = randomHex(clock, 8);
  if (purpose === 'altered')
    return syntax
      ? planAltered(syntax, gate, hex, treeFiles(vault, base), judged, { known, red, all: round > 1 })
      : null;
  const files = onlyFiles(treeFiles(vault, base), canaryIn, canaryMaker(gate.reader)?.declares);
  return planCanary(gate, hex, files, judged, known);
}

async function compareTree(
  request: RunGateRequest,
  folder: RunFolder,
  planting: Planting | null,
  stamps: Stamps | null,
  supplied: PlacedBeside,
): Promise<Pick<Measurement, 'changed' | 'created'> & Pick<Difference, 'emptyFolders'>> {
  const planted = planting === null ? [] : [...planting.files.keys()];
  const ignored = [...planted, ...mountsOf(request.layer), ...supplied.ignored];
  const { changed, created, emptyFolders } = await request.vault.compare(
    request.tree,
    folder.checkout,
    ignored,
    stamps ?? undefined,
  );
  const touched = planting === null ? [] : await disturbed(folder.checkout, planting);
  return {
    changed: [...changed, ...touched, ...(await supplied.changed())],
    created,
    emptyFolders,
  };
}

type Rest = 'canary' | 'changed' | 'created' | 'stdout' | 'stderr' | 'startedAt' | 'durationMs';

/** Code of a candidate runs in the process that would tell who loads what. */
function asKept(report: TestReport, purpose: Measurement['purpose']): TestReport {
  if (report.kind !== 'tests') return report;
  const { loaded, reordered: _said, ...rest } = report;
  return { ...rest, ...(loaded && purpose === 'baseline' ? { loaded } : {}) };
}

/** Some runners are told, and say what came of it: it depends on their version. */
const isReordered = ({ injection, report }: Execution): boolean =>
  injection.reordered === true || (report.kind === 'tests' && report.reordered === true);

function measurementOf(
  { gate, purpose, round, tree, layer, reordered }: RunGateRequest,
  run: Execution,
  { seen }: RunFolder,
): Omit<Measurement, Rest> {
  const named = (word: string): string =>
    word
      .replaceAll(seen.report, '$REPORT')
      .replaceAll(seen.checkout, '$CHECKOUT')
      .replaceAll(seen.inject, '$INJECT')
      .replaceAll(`${seen.tmp}/`, '$TMP/');
  const [program, ...args] = run.injection.argv;
  const argv: Argv = [named(program), ...args.map(named)];
  return {
    gate: gate.id,
    purpose,
    round,
    tree,
    outcome: run.outcome,
    report: asKept(run.report, purpose),
    tail: run.tail,
    argv,
    ...(reordered && isReordered(run) ? { reordered } : {}),
    envNames: Object.keys(run.injection.env).sort(),
    tools: run.tools,
    sandbox: run.sandbox,
    layer: layer?.digest ?? null,
  };
}
