import type { Measurement } from '../../../domain/gates/evidence.ts';
import type { RunGateRequest } from '../port.ts';
import type { RunContext } from './context.ts';

/** A canary was asked for and no test file can carry one: nothing is run, and the measurement has no canary. */
export async function notPlanted(
  { blobs, clock, sandboxes }: RunContext,
  request: RunGateRequest,
): Promise<Measurement> {
  const { gate, purpose, round, tree, layer } = request;
  const empty = await blobs.putBlob(new Uint8Array());
  return {
    gate: gate.id,
    purpose,
    round,
    tree,
    canary: null,
    outcome: {
      kind: 'not_started',
      at: 'tool',
      detail:
        purpose === 'altered'
          ? `no test of gate ${gate.id} that is as in the base says what it expects by a value`
          : `no test file of gate ${gate.id} can carry a canary`,
    },
    report:
      gate.reader === 'exit_only'
        ? { kind: 'exit_only' }
        : { kind: 'unreadable', reader: gate.reader, why: 'missing', detail: 'the gate was not started' },
    changed: [],
    created: [],
    stdout: empty,
    stderr: empty,
    tail: '',
    argv: gate.argv,
    envNames: [],
    tools: {},
    sandbox: await sandboxes.detect(),
    layer: layer?.digest ?? null,
    startedAt: new Date(clock.now()).toISOString(),
    durationMs: 0,
  };
}
