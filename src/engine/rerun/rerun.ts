import { commandClaims } from '../../domain/rerun/commands.ts';
import { observeAgain } from './commands.ts';
import { OmkError } from '../../domain/error.ts';
import type { GateRun } from '../../domain/evidence/assess.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import type { GoalEvent, RepositoryPin } from '../../domain/goal/event.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { TreeId } from '../../domain/ids.ts';
import type { Claim } from '../../domain/rerun/claim.ts';
import { gateClaims, statusClaim, worthAnother, type Compared } from '../../domain/rerun/claims.ts';
import { byRules } from '../../domain/rerun/by-rules.ts';
import { wantedAgain } from '../../domain/rerun/wanted.ts';
import { CURRENT_RULES } from '../../proof/rules/current.ts';
import { rulesNamed } from '../../proof/verify/judged.ts';
import { statedGates } from '../../proof/statement/gate.ts';
import type { Facts } from '../../proof/statement/facts.ts';
import type { Files } from '../../proof/verify/limits.ts';
import type { Judging } from '../context.ts';
import { suppliesFor } from '../context.ts';
import { runGate } from '../perform/run-gate.ts';
import { pooled } from '../pool.ts';
import type { Notify, World } from '../world.ts';
import { dependencyClaim } from './dependencies.ts';
import { signedClaims } from './signed.ts';
import { makeTrees } from './trees.ts';
import { fromBundle } from './world.ts';

export interface RerunRequest {
  /** Of a bundle that was verified to V1. */
  readonly facts: Facts;
  readonly files: Files;
  /** The repository here, pinned to the base of the proof. */
  readonly pin: RepositoryPin;
  /** Only this gate; null: all that decided. `OmkError` `GATE_UNKNOWN` for one that is not of the proof. */
  readonly gate: string | null;
}

/**
 * V2: judges the candidate of a proof again, on this machine and from evidence of its own alone, and holds every claim of the proof
 * against it. Nothing of the maker's takes part but the bundle. `OmkError` `INTERRUPTED` when `signal` aborts.
 */
export async function rerun(
  live: World,
  { facts, files, pin, gate: asked }: RerunRequest,
  notify: Notify,
  signal: AbortSignal,
): Promise<readonly Claim[]> {
  const gates = statedGates(facts).filter(({ id }) => asked === null || id === asked);
  if (asked !== null && gates.length === 0)
    throw new OmkError('GATE_UNKNOWN', `The proof has no gate '${asked}'`, `--gate ${statedGates(facts)[0]?.id ?? ''}`);
  const world = fromBundle(live, facts, files);
  const vault = await live.git.openVault(pin);
  await vault.fetchBase(pin.root, pin.commit);
  notify({ kind: 'step', text: 'making the trees again' });
  const trees = await makeTrees({ world: live, vault, pin, facts, files });
  const ledger = openLedger(facts, pin, trees.hollow);
  const judging: Judging = { world, session: ledger, vault, notify, signal };
  notify({ kind: 'step', text: 'preparing dependencies' });
  const dependencies = await dependencyClaim(judging, await suppliesFor(judging), facts);
  const candidate = trees.candidate;
  const wanted = (): readonly GateRun[] =>
    wantedAgain(ledger.state, facts.state, candidate, (id) => gates.some((each) => each.id === id));
  for (let runs = wanted(); runs.length > 0; runs = wanted()) await runAll(judging, runs, live.concurrency);
  const compared = (again: readonly Measurement[]): Compared => ({
    recorded: facts.state,
    status: facts.status,
    candidate: facts.candidate,
    here: ledger.state,
    again,
  });
  if (asked === null && candidate !== null) await observeAgain(judging, candidate);
  const again = await runAgain(judging, compared([]), gates);
  const commands = asked === null && candidate !== null ? commandClaims(ledger.state, candidate) : [];
  const claims = [
    ...trees.claims,
    dependencies,
    ...commands,
    ...gates.flatMap((each) => gateClaims(compared(again), each)),
  ];
  const all = asked === null ? [...claims, statusClaim(compared(again), claims)] : claims;
  return [...byRules(all, rulesNamed(facts.events), CURRENT_RULES), ...signedClaims(facts, asked)];
}

type Ledger = Judging['session'];

/** The state of the proof without its measurements; those made here take their place. Nothing is kept. */
function openLedger({ state, created }: Facts, pin: RepositoryPin, hollow: Parameters<typeof withHollow>[1]): Ledger {
  const start: GoalState = {
    ...withHollow(state, hollow),
    created: { ...created, repository: pin },
    measurements: [],
    observed: [],
  };
  let now = start;
  return {
    goal: created.goal,
    get state() {
      return now;
    },
    append: async (...events: readonly GoalEvent[]) => {
      for (const event of events)
        if (event.type === 'gate.measured') now = { ...now, measurements: [...now.measurements, event.data] };
        else if (event.type === 'command.observed') now = { ...now, observed: [...now.observed, event.data] };
    },
  };
}

const withHollow = (
  state: GoalState,
  hollow: GoalState['hollowed'] extends ReadonlyMap<string, infer H> ? H | undefined : never,
): GoalState => (hollow ? { ...state, hollowed: new Map(state.hollowed).set(hollow.candidate, hollow) } : state);

async function runAll(judging: Judging, runs: readonly GateRun[], concurrency: number): Promise<void> {
  const gates = judging.session.state.policy?.gates ?? [];
  const results = await pooled(
    runs,
    concurrency,
    (run) => runGate(judging, run),
    (run) => (run.alone ? Number.POSITIVE_INFINITY : (gates.find(({ id }) => id === run.gate)?.weight ?? 1)),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/** What differed is run a second time: two runs here that do not agree are a flake, and no divergence. */
async function runAgain(
  judging: Judging,
  compared: Compared,
  gates: readonly GateSpec[],
): Promise<readonly Measurement[]> {
  const again: Measurement[] = [];
  const aside: Ledger = {
    ...judging.session,
    state: judging.session.state,
    append: async (...events) => {
      for (const event of events) if (event.type === 'gate.measured') again.push(event.data);
    },
  };
  for (const gate of gates)
    for (const run of worthAnother(compared, gate)) await runGate({ ...judging, session: aside }, asRun(compared, run));
  return again;
}

/** The request that a measurement is the answer to. */
function asRun({ here }: Compared, { gate, purpose, round, tree, over }: Measurement): GateRun {
  const base = here.created?.repository.tree ?? tree;
  const ofCandidate = here.examined.has(tree) && here.examined.get(tree)?.contract.tree !== tree;
  const plantedFrom: Partial<Record<Measurement['purpose'], TreeId>> = {
    canary: ofCandidate ? tree : base,
    altered: base,
  };
  return {
    gate,
    purpose,
    round,
    tree: over ?? tree,
    canaryBase: plantedFrom[purpose] ?? null,
    alone: true,
    ...(over === undefined ? {} : { heldOut: true }),
  };
}
