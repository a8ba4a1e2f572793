import { mayBeKept, mayStandFor, reuse, type Kept } from '../../../domain/gates/cached.ts';
import { measuredVerdict } from '../../../domain/gates/measured.ts';
import type { Measurement } from '../../../domain/gates/evidence.ts';
import type { RunGateRequest } from '../port.ts';
import type { RunContext } from '../run/context.ts';
import { tellsLoads } from '../run/loads.ts';
import { runGate } from '../run/run.ts';
import { askParts, keyed } from './parts.ts';
import type { Verdicts } from './store.ts';

/** Runs of these are red as they should be. */
const MUST_FAIL: ReadonlySet<string> = new Set(['canary', 'altered']);

interface Doors {
  readonly context: RunContext;
  readonly cache: Verdicts;
  readonly version: string;
}

/** Goals at once on one base add to one list: what a goal ran itself is not its second execution. */
const isOtherRound = ({ goal, measurement }: Kept, { round }: RunGateRequest, asking: string | null): boolean =>
  goal !== null && goal === asking && measurement.purpose === 'baseline' && measurement.round !== round;

/**
 * The evidence of an earlier run of the same where there is one, else an execution, which is kept for later. The second run
 * of a baseline takes the second of two executions, and a second try after a failure takes none.
 */
export async function runOrReuse(
  { context, cache, version }: Doors,
  request: RunGateRequest,
  observe: (line: string) => void,
  signal: AbortSignal,
): Promise<Measurement> {
  const { cache: asked } = request;
  const known = asked ? await askParts(context, request, version) : null;
  if (!asked || known === null || typeof known === 'string') return runGate(context, request, observe, signal);
  const { about } = known;
  const baseline = request.purpose === 'baseline';
  const again = !baseline && request.round > 1;
  if (asked.reuse && !again && (await cache.mayHold(about))) {
    const from = context.clock.monotonic();
    const parts = await known.parts;
    const { key } = keyed(parts);
    // The last run of a base tells what it loads, which no other run of the same tree was asked.
    const tells = tellsLoads(request) && request.gate.reader !== 'exit_only';
    const usable = (await cache.read({ about, key })).filter(({ measurement }) =>
      mayStandFor(request.gate, measurement, request),
    );
    const kept = baseline
      ? usable
          .filter((each, place) => place === request.round - 1 && !isOtherRound(each, request, asked.goal))
          .filter(({ measurement }) => !tells || measurement.purpose === 'baseline')[0]
      : (usable.find(({ measurement }) => measurement.purpose === 'baseline') ?? usable[0]);
    if (kept) {
      const { gate, purpose, round, tree } = request;
      const now = {
        gate: gate.id,
        purpose,
        round,
        tree,
        startedAt: new Date(context.clock.now()).toISOString(),
        durationMs: Math.round(context.clock.monotonic() - from),
      };
      const measurement = reuse(kept, now, { key, parts });
      const { cached: _cached, ...plain } = measurement;
      if (mayBeKept(gate, plain)) return measurement;
    }
  }
  const measurement = await runGate(context, request, observe, signal);
  const { key } = keyed(await known.parts);
  // A pass after a failure is a flake, which a later goal must see for itself.
  if (mayBeKept(request.gate, measurement) && !again)
    await cache.keep({ about, key }, { goal: asked.goal, measurement });
  else if (!MUST_FAIL.has(request.purpose) && measuredVerdict(request.gate, measurement).kind === 'fail')
    await cache.doubt({ about, key }, measurement);
  return measurement;
}
