import type { GateJudgement } from '../../domain/evidence/assess.ts';
import { judgeGate } from '../../domain/evidence/judge-gate.ts';
import { baselineRounds, baselineOf, baselineRun } from '../../domain/gates/baseline.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import type { Verdict } from '../../domain/gates/verdict.ts';
import { heldOutRuns } from '../../domain/held-out/runs.ts';
import { sha256Hex } from '../format/bytes.ts';
import type { Facts } from './facts.ts';
import { runRecord } from './run.ts';
import { statement, type Resource, type Statement } from './statement.ts';
import { judged, resourceUri } from './subject.ts';

const TEST_RESULT = 'https://in-toto.io/attestation/test-result/v0.1';
const GATE_FIELD = 'https://omk.dev/gate/v1';

/** Gates with a statement of their own: every required one, run or not, and every other that was run. */
export const statedGates = ({ state }: Facts): readonly GateSpec[] =>
  (state.policy?.gates ?? []).filter(
    (gate) => gate.required || state.measurements.some((each) => each.gate === gate.id),
  );

export const assessed = ({ state, candidate }: Facts, gate: GateSpec): GateJudgement | null =>
  candidate === null ? null : judgeGate(state, gate, candidate);

/** Every run that a gate's statement rests on: both rounds of the baseline, then those of the candidate. */
export function runsOf(facts: Facts, gate: GateSpec): readonly Measurement[] {
  const assessment = assessed(facts, gate);
  const baseline = baselineRounds(gate).map((round) =>
    baselineRun(facts.state.measurements, gate, facts.created.repository.tree, round),
  );
  const runs = [
    ...baseline.filter((run) => run !== null),
    ...(assessment?.evidence ?? []),
    ...(facts.candidate === null ? [] : heldOutRuns(facts.state, gate, facts.candidate)),
  ];
  return runs.filter((run, index) => runs.indexOf(run) === index);
}

/**
 * One test-result statement: `PASSED`, `WARNED` for a gate known to be red and for a flake, `FAILED` for
 * everything else, not run included.
 */
export function gateStatement(facts: Facts, gate: GateSpec): Statement {
  const { state, candidate, created, examined } = facts;
  const assessment = assessed(facts, gate);
  const verdict = assessment?.verdict ?? null;
  const baseline = baselineOf(state.measurements, gate, created.repository.tree);
  const deciding = assessment?.evidence[0];
  const flaky = assessment?.flaky ?? [];
  const tests = deciding?.report.kind === 'tests' ? deciding.report.tests : null;
  return statement(TEST_RESULT, judged(facts), {
    result: resultOf(verdict, flaky.length),
    configuration: [configuration(facts, gate)],
    ...(tests && { passedTests: tests.passed, failedTests: tests.failed }),
    [GATE_FIELD]: {
      ...specRecord(gate),
      verdict: verdictRecord(verdict),
      missing: assessment?.missing ?? [],
      // Absent where there is none, as in proofs of before.
      ...(flaky.length > 0 && { flaky }),
      canary: assessment?.canary ?? 'not_run',
      base: { commit: created.repository.commit, tree: created.repository.tree },
      candidate,
      contract: examined?.contract ?? null,
      baseline: baseline && {
        colour: baseline.colour,
        expected: baseline.expected.size,
        failing: [...baseline.failing].sort(),
        unstable: [...baseline.unstable].sort(),
      },
      runs: runsOf(facts, gate).map(runRecord),
    },
  });
}

/** Without its sentence, which a later version may word better. */
const verdictRecord = (verdict: Verdict | null): object => {
  if (!verdict) return { kind: 'pending' };
  return verdict.kind === 'pass' ? verdict : { kind: verdict.kind, code: verdict.code };
};

/** Values of declared variables may be secrets: their names are enough, the base's file has the rest. */
const specRecord = ({ env, ...spec }: GateSpec): object => ({ ...spec, envNames: Object.keys(env).sort() });

/** Where the gate was read from. */
function configuration(facts: Facts, { source }: GateSpec): Resource {
  const { commit, tree } = facts.created.repository;
  if (source.kind === 'check') return { name: '--check', digest: { sha256: sha256Hex(source.text) } };
  const uri = `${resourceUri(facts)}@${commit}`;
  return source.kind === 'file'
    ? { name: source.path, uri: `${uri}#${source.path}`, digest: { gitBlob: source.blob } }
    : { name: `detected: ${source.detector}`, uri, digest: { gitTree: tree } };
}

function resultOf(verdict: Verdict | null, flakes: number): 'PASSED' | 'WARNED' | 'FAILED' {
  if (verdict?.kind === 'pass') return flakes === 0 ? 'PASSED' : 'WARNED';
  return verdict?.kind === 'not_applicable' ? 'WARNED' : 'FAILED';
}
