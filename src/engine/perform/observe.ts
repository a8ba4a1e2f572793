import { commandIn, headOf, masked, type Capture, type CommandRun, type Part } from '../../domain/plan/command.ts';
import { withoutDay } from '../../domain/commands/day.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import { OmkError } from '../../domain/error.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import type { CommandOutput } from '../../world/gates/port.ts';
import { created, layerFor, suppliesFor, type Judging } from '../context.ts';

const TIMEOUT_MS = 120_000;

/** Runs a command whose output or time is compared, and records what it left. */
export async function observe(context: Judging, run: CommandRun): Promise<void> {
  const { world, session, vault, notify, signal } = context;
  const { options, repository } = created(session.state);
  const capture = run.of === 'capture' ? options.captures?.[run.place] : undefined;
  const timing = run.of === 'timing' ? options.timings?.[run.place] : undefined;
  const isBase = run.tree === repository.tree;
  const text = capture ? commandIn(capture, isBase) : (timing?.run ?? '').replaceAll('{n}', String(run.n ?? 1));
  if (text === '') throw new OmkError('GOAL_REFUSES', 'The goal has no such command', 'omk goal show', { exit: 6 });
  const layer = await layerFor(context, run.tree);
  if (layer.kind === 'failed' && isBase)
    throw new OmkError('DEPENDENCIES_FAILED', `The dependencies cannot be installed: ${layer.detail}`, 'omk doctor', {
      exit: 4,
    });
  notify({ kind: 'step', text: `running ${text}` });
  const { output, ...measured } = await world.gates.run(
    {
      gate: gateOf(run, text, capture),
      purpose: isBase ? 'baseline' : 'candidate',
      round: run.round,
      tree: run.tree,
      base: repository.tree,
      canaryBase: null,
      layer: layer.kind === 'layer' ? layer.layer : null,
      vault,
      supplies: await suppliesFor(context),
      feed: {
        stdin: capture?.stdin ?? '',
        input: capture?.input ?? {},
        outputs: capture?.outputs ?? [],
        ...(capture && run.round === 2 ? { elsewhere: true } : {}),
        ...(capture?.without && !isBase ? { without: capture.without } : {}),
      },
    },
    () => undefined,
    signal,
  );
  const code = measured.outcome.kind === 'exited' ? String(measured.outcome.code) : measured.outcome.kind;
  const texts = [{ name: 'exit', content: Buffer.from(code) }, ...(output?.parts ?? [])];
  const parts: Part[] = [];
  for (const { name, content } of texts) parts.push(await partOf(context, { name, content }, capture, measured));
  await session.append({
    type: 'command.observed',
    data: {
      ...run,
      ...wall(run, output),
      parts,
      ...(capture && output?.wrote ? { wrote: output.wrote } : {}),
      run: { ...measured, tail: '' },
    },
  });
}

const wall = ({ of: kind }: CommandRun, output: CommandOutput | undefined): { readonly wallMs?: number } =>
  kind === 'timing' && output ? { wallMs: output.wallMs } : {};

async function partOf(
  { world }: Pick<Judging, 'world'>,
  { name, content }: { readonly name: string; readonly content: Uint8Array },
  capture: Capture | undefined,
  { startedAt, durationMs }: Pick<Measurement, 'startedAt' | 'durationMs'>,
): Promise<Part> {
  const text = Buffer.from(content).toString('latin1');
  const today = capture ? withoutDay(text, startedAt, durationMs) : text;
  const kept = Buffer.from(masked(today, capture?.mask ?? []), 'latin1');
  return { name, blob: await world.store.putBlob(kept), head: headOf(kept) };
}

/** The same whatever machine and day: docs/plans.md names them. */
const FIXED = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1' };
/** Under other conditions in the second round: what depends on them cannot be compared. */
const CONDITIONS: readonly Readonly<Record<string, string>>[] = [
  { ...FIXED, TZ: 'UTC', COLUMNS: '80', PYTHONHASHSEED: '1' },
  { ...FIXED, TZ: 'Pacific/Kiritimati', COLUMNS: '132', PYTHONHASHSEED: '2' },
];

const gateOf = (run: CommandRun, text: string, capture: Capture | undefined): GateSpec => ({
  id: `${run.of}-${run.place + 1}`,
  argv: ['sh', '-c', text],
  cwd: '.',
  env: { ...(run.of === 'capture' ? CONDITIONS[run.round - 1] : {}), ...capture?.env },
  timeoutMs: TIMEOUT_MS,
  required: true,
  skip: false,
  network: false,
  kind: 'command',
  reader: 'exit_only',
  source: { kind: 'check', text },
});
