import { loadsToldBy } from '../contract/loads-told.ts';
import { settledChanges } from '../evidence/judging.ts';
import { contractAccepted } from '../evidence/contract-accepted.ts';
import { classify } from '../contract/classify.ts';
import { isScript } from '../contract/languages.ts';
import { HEADER, loadedAt, TYPES } from '../contract/stand-ins.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { known, type Gap } from '../goal/gap.ts';
import type { DataOf, GoalState } from '../goal/state.ts';

type Examined = DataOf<'candidate.examined'>;
const NAMED = 10;

/** What else than the product changed. Settled by runs only where every required gate is green. */
export function besideProduct(state: GoalState, examined: Examined, isGreen: boolean): readonly Gap[] {
  const changes = contractAccepted(state, examined.candidate) ? [] : settledChanges(examined);
  if (changes.length === 0) return [];
  const named = changes.slice(0, NAMED).map((each) => `${each.change} ${each.path}`);
  const more = changes.length > named.length ? `, and ${changes.length - named.length} more` : '';
  const green = isGreen ? ', and gates pass without them too' : '';
  const text = `changes outside the code that tests of the base load${green}: ${named.join(', ')}${more}`;
  return [known('K_BESIDE_PRODUCT', 'contract', text)];
}

/** New code that may do something else where it is started or built otherwise. */
export function startedOtherwise({ asksWhoRuns = [] }: Examined): readonly Gap[] {
  if (asksWhoRuns.length === 0) return [];
  const lines = asksWhoRuns.slice(0, NAMED).map(({ path, line }) => `${path}:${line}`);
  const text = `new code looks at how it was started, called or built, so that tests may not see all it does: ${lines.join(', ')}`;
  return [known('K_ASKS_HOW_IT_RUNS', 'candidate', text)];
}

/** A candidate that differs from its contract, and a run of it that does not say what it opened. */
export function unobserved(
  gate: GateSpec,
  { asks, contract, candidate }: Examined,
  evidence: readonly Measurement[],
): readonly Gap[] {
  if (evidence.some((run) => run.unwatched))
    return [known('K_NOT_OBSERVED', gate.id, `whether gate ${gate.id} moves folders of tests could not be seen`)];
  if (asks === undefined || contract.tree === candidate) return [];
  const blind = evidence.some(
    (run) =>
      run.purpose === 'candidate' &&
      run.tree === candidate &&
      run.outcome.kind === 'exited' &&
      !run.opened &&
      !run.cached,
  );
  const text = `what gate ${gate.id} opens could not be seen: the file system keeps no times of access`;
  return blind ? [known('K_NOT_OBSERVED', gate.id, text)] : [];
}

/** Code changed that is loaded by its name, and a run of the base that was asked did not tell who loads what. */
export function untoldLoads(
  { created, measurements }: GoalState,
  gate: GateSpec,
  { changes }: Examined,
): readonly Gap[] {
  const isUntold = measurements.some(
    (run) =>
      run.gate === gate.id && run.tree === created?.repository.tree && run.report.kind === 'tests' && run.report.untold,
  );
  const mayMatter = ({ path, change }: Examined['changes'][number]): boolean =>
    classify(path) === 'source' && (isScript(path) || (change === 'added' && (HEADER.test(path) || TYPES.test(path))));
  if (!isUntold || !changes.some(mayMatter)) return [];
  return [known('K_NOT_OBSERVED', gate.id, `who loads which code in gate ${gate.id} could not be seen`)];
}

/** New modules, and a gate whose runs of the base did not tell what they load, though its reader can. */
export function unseenLoads(
  { created, measurements }: GoalState,
  gate: GateSpec,
  { changes }: Examined,
): readonly Gap[] {
  // Logs of before tell nothing.
  const told = loadsToldBy(gate.reader);
  if (created?.options.altered !== true || told === null) return [];
  const isNew = changes.some(({ path, change }) => change === 'added' && told.test(path));
  const own = measurements.filter((each) => each.gate === gate.id);
  if (!isNew || loadedAt(own, created.repository.tree).length > 0) return [];
  const text = `which modules gate ${gate.id} loads at the base could not be seen`;
  return [known('K_NOT_OBSERVED', gate.id, text)];
}
