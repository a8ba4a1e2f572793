import { fc } from './fast-check.ts';
import type { TurnOutcome } from '../agents/agent.ts';
import type { GateRun } from '../evidence/assess.ts';
import type { ProcessOutcome, TestOutcomes, TestReport } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { Answer } from '../evidence/question.ts';
import type { DataOf } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';
import {
  BASE,
  BLOB,
  checkGate,
  examinedOf,
  exits,
  gateSpec,
  policyOf,
  shows,
  snapshotOf,
  tree,
  type Shown,
} from './build.ts';
import { CARRIES, heldOutOptions, HIDDEN } from './held-out.ts';
import type { Turn, World } from './simulate.ts';

/** Choices a generated world is made of: read one by one, and from the start again when used up. */
export interface Tape {
  /** One of the given things; the first ones are what usually happens. */
  pick<T>(...choices: readonly [T, ...T[]]): T;
  yes(oneIn: number): boolean;
}

export const tapes: fc.Arbitrary<readonly number[]> = fc.array(fc.nat(999), { minLength: 1, maxLength: 120 });

export function tapeOf(numbers: readonly number[]): Tape {
  let at = 0;
  const next = (): number => numbers[at++ % numbers.length] ?? 0;
  return {
    pick: (...choices) => choices[next() % choices.length] ?? choices[0],
    yes: (oneIn) => next() % oneIn === oneIn - 1,
  };
}

const NAMES = ['a', 'b', 'c', 'd'];
const CANDIDATES: readonly [TreeId, ...TreeId[]] = [
  tree('one'),
  tree('two'),
  tree('three'),
  tree('one'),
  tree('two'),
  BASE,
];

/** A world in which anything the types allow can happen, with at most `faults` stops from outside and `patience` answers or resumes. */
export function tapeWorld(tape: Tape, faults = 6, patience = 5): World {
  const gates = gatesOf(tape);
  const lacking = tape.yes(6);
  const kept = new Map<string, Turn>();
  const seen = new Map<TreeId, DataOf<'candidate.examined'>>();
  let left = faults;
  let resumes = patience;
  const once = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
    const value = map.get(key) ?? make();
    map.set(key, value);
    return value;
  };
  return {
    policy: policyOf(...gates),
    ...(lacking ? { dependencies: { layer: null, detail: 'no lock file', lacking } } : {}),
    options: {
      knownRed: tape.yes(4) ? [gates[0]?.id ?? 'test'] : [],
      allowNoChange: tape.yes(5),
      canaryOnBase: !tape.yes(3),
      maxAttempts: tape.pick(2, 1, 3),
      maxTurns: tape.pick(3, 1, 2),
      ...(tape.yes(3) ? { heldOut: heldOutOptions({ oracle: tape.pick(BASE, tree('wrong')) }) } : {}),
    },
    measure: (run, state) =>
      shown(
        tape,
        run,
        state.policy?.gates.find((gate) => gate.id === run.gate),
      ),
    turn: (attempt, turn) => once(kept, `${attempt}:${turn}`, () => turnOf(tape)),
    examine: (candidate) => once(seen, candidate, () => examination(tape, candidate)),
    answer: (question) =>
      question.code === 'cannot_run'
        ? tape.pick<Answer | null>(
            { kind: 'retry' },
            { kind: 'known_red', gates: question.gates },
            { kind: 'accept' },
            { kind: 'known_red', gates: question.gates.slice(1) },
            null,
          )
        : tape.pick<Answer | null>(
            { kind: 'accept' },
            { kind: 'reject', note: 'no' },
            { kind: 'checks', checks: ['./x'] },
            null,
          ),
    checks: (texts, known) => texts.map((_, index) => checkGate(`check-${known.length + index}`)),
    whenStopped: () =>
      resumes-- <= 0
        ? 'leave'
        : tape.pick('resume', 'resume', 'resume', 'resume', 'resume', 'resume', 'resume', 'cancel', 'leave'),
    fault: () =>
      left > 0 && tape.yes(20) && left-- > 0
        ? tape.pick('crash', 'pause', 'crash', 'pause', 'crash', 'pause', 'cancel')
        : 'none',
  };
}

function gatesOf(tape: Tape): readonly GateSpec[] {
  return ['test', 'lint', 'types'].slice(0, tape.pick(1, 1, 2, 2, 3, 3, 0)).map((id) =>
    gateSpec({
      id,
      required: !tape.yes(5),
      skip: tape.yes(15),
      network: tape.yes(5),
      reader: tape.pick('node-test', 'node-test', 'exit_only', 'pytest'),
      kind: tape.pick('test', 'command'),
      retries: tape.pick(1, 0, 2),
      source: tape.yes(5) ? { kind: 'check', text: id } : { kind: 'detected', detector: 'x', because: 'x' },
    }),
  );
}

const OUTCOMES: readonly [ProcessOutcome, ...ProcessOutcome[]] = [
  { kind: 'exited', code: 0 },
  { kind: 'exited', code: 0 },
  { kind: 'exited', code: 0 },
  { kind: 'exited', code: 1 },
  { kind: 'exited', code: 1 },
  { kind: 'signalled', signal: 'SIGKILL' },
  { kind: 'timed_out', afterMs: 1 },
  { kind: 'out_of_memory', detail: 'x' },
  { kind: 'not_started', at: 'tool', detail: 'x' },
  { kind: 'not_started', at: 'sandbox', detail: 'x' },
  { kind: 'not_started', at: 'base_dependencies', detail: 'x' },
  { kind: 'not_started', at: 'candidate_dependencies', detail: 'x' },
  { kind: 'not_started', at: 'service', detail: 'x' },
];

/** Mostly a red base that the candidates turn green; now and then anything at all. */
function shown(tape: Tape, run: GateRun, gate: GateSpec | undefined): Shown {
  if (tape.yes(9)) return anything(tape, run);
  const red = run.purpose === 'baseline' && !tape.yes(6);
  if (gate?.reader === 'exit_only') return exits(red || tape.yes(6) ? 1 : 0);
  if (run.purpose === 'oracle')
    return tape.yes(6)
      ? shows({ passed: [...NAMES, CARRIES] })
      : shows({ passed: ['a', 'b'], failed: ['c', 'd', CARRIES] });
  if (run.purpose === 'held_out')
    return tape.yes(5) ? shows({ passed: NAMES, failed: [CARRIES] }) : shows({ passed: [...NAMES, CARRIES] });
  if (run.heldOut)
    return shows(
      { passed: [...NAMES, CARRIES], failed: [`${HIDDEN} > ${CANARY.name}`] },
      { canary: { ...CANARY, file: HIDDEN } },
    );
  if (run.canaryBase !== null)
    return shows({ passed: NAMES, failed: [`a.test.js > ${CANARY.name}`] }, { canary: CANARY });
  if (tape.yes(4))
    return { ...shows({}), report: report(tape, null), outcome: { kind: 'exited', code: tape.pick(0, 1) } };
  return red ? shows({ passed: ['a', 'b'], failed: ['c', 'd'] }) : shows({ passed: NAMES });
}

const CANARY = { file: 'a.test.js', name: 'omk canary 1' };

function anything(tape: Tape, run: GateRun): Shown {
  const canary = run.canaryBase === null || tape.yes(6) ? null : CANARY;
  const outcome = canary && !tape.yes(6) ? ({ kind: 'exited', code: 1 } as const) : tape.pick(...OUTCOMES);
  return {
    outcome,
    report: report(tape, canary?.name ?? null),
    canary,
    changed: tape.yes(12) ? ['a.js'] : [],
    tail: tape.pick('', '', 'getaddrinfo EAI_AGAIN a.example', "Cannot find module 'left-pad'"),
  };
}

function report(tape: Tape, canary: string | null): TestReport {
  const kind = tape.pick(
    'tests',
    'tests',
    'tests',
    'tests',
    'tests',
    'exit_only',
    'exit_only',
    'missing',
    'invalid',
    'several',
  );
  if (kind === 'exit_only') return { kind };
  if (kind !== 'tests') return { kind: 'unreadable', reader: 'node-test', why: kind, detail: 'x' };
  const found: { -readonly [K in keyof TestOutcomes]: string[] } = { passed: [], failed: [], skipped: [] };
  const green = tape.yes(2);
  for (const name of NAMES) {
    const place = green ? 'passed' : tape.pick('passed', 'passed', 'passed', 'failed', 'skipped', 'absent');
    if (place !== 'absent') found[place].push(name);
  }
  if (canary !== null && !tape.yes(6)) found.failed.push(`a.test.js > ${canary}`);
  return { kind: 'tests', reader: 'node-test', tests: found, blob: BLOB };
}

function turnOf(tape: Tape): Turn {
  const outcome = tape.pick<TurnOutcome>(
    { kind: 'completed', stopReason: 'end_turn' },
    { kind: 'completed', stopReason: 'max_tokens' },
    { kind: 'completed', stopReason: 'end_turn' },
    { kind: 'completed', stopReason: 'end_turn' },
    { kind: 'completed', stopReason: 'end_turn' },
    {
      kind: 'failed',
      reason: tape.pick('empty_turn', 'crashed', 'idle_timeout', 'turn_timeout', 'agent_error', 'protocol'),
      detail: 'x',
    },
    {
      kind: 'unavailable',
      reason: tape.pick('not_found', 'not_logged_in', 'usage_limit', 'overloaded', 'slow', 'not_acp'),
      detail: 'x',
      ...(tape.yes(30) ? { said: true } : {}),
    },
    { kind: 'cancelled' },
    { kind: 'asked', question: { title: tape.pick('which?', 'what?'), options: ['a', 'b'] } },
  );
  const refused = tape.yes(10) ? [{ path: 'x', code: 'E_DOT_GIT', detail: 'x' } as const] : [];
  return { outcome, leaves: snapshotOf(tape.pick(...CANDIDATES), { refused, ignored: tape.yes(8) ? ['x.log'] : [] }) };
}

function examination(tape: Tape, candidate: TreeId): DataOf<'candidate.examined'> {
  if (candidate === BASE) return examinedOf(candidate);
  const touched = tape.pick('nothing', 'nothing', 'nothing', 'tests', 'tests back to the base', 'more tests');
  const restored = touched === 'tests back to the base' ? BASE : tree(`contract ${candidate.slice(0, 4)}`);
  return examinedOf(candidate, {
    contract: touched === 'nothing' ? candidate : restored,
    contractChanges: touched.startsWith('tests') ? [{ path: 'a.test.js', change: 'edited' }] : [],
    extended: touched === 'more tests' ? ['a.test.js'] : [],
    policyPaths: tape.yes(6) ? ['.omk/gates.toml'] : [],
    ...(tape.yes(8) ? { secrets: [{ path: 'a.js', line: 1, kind: 'x' }] } : {}),
  });
}
