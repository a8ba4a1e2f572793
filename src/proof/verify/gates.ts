import { canonical } from '../../domain/canonical.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import { at, parseJson } from '../format/json.ts';
import { BUDGET, TERMINAL, TURNS, dsseFile, gateName } from '../format/names.ts';
import type { Statement } from '../statement/statement.ts';
import type { VerifyCode } from './codes.ts';
import { differences } from './difference.ts';
import type { Judged } from './judged.ts';
import type { Recorder } from './report.ts';

type Statements = ReadonlyMap<string, unknown>;

/** Each gate's statement says what the log shows, and each gate that must be shown has one. */
export function checkGates(facts: Judged, statements: Statements, to: Recorder): void {
  const gates = facts.rules.statedGates(facts);
  for (const gate of gates) {
    const said = statements.get(gateName(gate.id));
    if (to.check('E_GATE_MISSING', said !== undefined, `gate ${gate.id} has a signed statement`))
      checkGate(facts, gate, said, to);
  }
  const names = new Set([TERMINAL, TURNS, BUDGET, ...gates.map((gate) => gateName(gate.id))]);
  const extra = [...statements.keys()].find((name) => !names.has(name));
  to.check(
    'E_INPUTS',
    extra === undefined,
    extra === undefined ? 'no statement without a place in the log' : `${dsseFile(extra)} is about nothing in the log`,
  );
}

function checkGate(facts: Judged, gate: GateSpec, said: unknown, to: Recorder): void {
  const wanted = asJson(facts.rules.gateStatement(facts, gate));
  const same = to.same(differences(wanted, said), (path) => codeOf(path, wanted), `gate ${gate.id}`);
  const result = at(said, 'predicate', 'result');
  const shown = facts.status !== 'ready' || !gate.required || result === 'PASSED' || result === 'WARNED';
  if (same) to.check('E_GATE_RESULT', shown, `gate ${gate.id}: ${String(result)}`);
}

export function checkTurns(facts: Judged, statements: Statements, to: Recorder): void {
  const places = differences(asJson(facts.rules.turnsStatement(facts)), statements.get(TURNS));
  if (to.same(places, () => 'E_TURNS', 'turns')) to.check('E_TURNS', true, 'the turns are those of the log');
}

/** As the other side reads it: what canonical JSON leaves out is gone. */
export const asJson = (statement: Statement): unknown => parseJson(canonical(statement));

const TREES = new Set(['subject', 'tree', 'base', 'candidate', 'contract', 'changed', 'gitTree']);

function codeOf(path: readonly string[], wanted: unknown): VerifyCode {
  if (path.includes('argv')) return 'E_GATE_ARGV';
  if (path.some((part) => TREES.has(part))) return 'E_GATE_TREE';
  return path.includes('result') && canonical(wanted).includes('"code":"E_TREE_CHANGED"')
    ? 'E_GATE_TREE'
    : 'E_GATE_RESULT';
}
