import type { JudgedGate, JudgeResult } from '../../../app/judge/judge.ts';
import { labelLines } from '../../../domain/contract/labels/describe.ts';
import type { StopVerdict } from '../../../domain/hooks/decide.ts';
import { clean, cleanLine } from '../../../domain/text/clean.ts';
import { acceptWords, levelWords, verdictWords } from '../text/judge-words.ts';

/** How many tests, and labels of tests, an agent is told. */
const NAMED = 20;
const LINE = 400;
/** Questions that an agent can make go away, beside tests that it removed or weakened. */
const UNDOABLE = new Set(['policy_touched', 'secret_found']);

/** A judgement as what an agent and its user are told of it. `stopped`: why it was, where it did not end. */
export function stopVerdict(result: JudgeResult, stopped: string): StopVerdict {
  const { status, change, question, goal } = result;
  const { tree } = change;
  if (status === 'paused')
    return {
      kind: 'unable',
      code: 'HOOK_TOO_LATE',
      told: `omk could not judge this: ${stopped}; omk goal resume ${goal} goes on`,
    };
  if (status === 'ready')
    return { kind: 'ready', tree, told: `omk: ready: ${levelWords(result).join(' · ')} (omk verify ${goal})` };
  if (status === 'not_ready' || isBroken(result))
    return { kind: 'not_ready', tree, reason: reasonOf(result), told: `omk: not ready: ${lacks(result)}` };
  if (question !== null && question.code !== 'cannot_run')
    return {
      kind: 'question',
      tree,
      reason: isUndoable(result) ? reasonOf(result) : null,
      told: `omk: a person must decide: ${cleanLine(question.text, LINE)} Yes: ${acceptWords(result)}. No: undo it.`,
    };
  return {
    kind: 'unable',
    code: result.failure?.code ?? status,
    told: `omk could not judge this (${verdictWords(result)}): ${why(result)}; omk goal show ${goal}`,
  };
}

/** A gate fails with the change's own tests as well: no answer of a person mends that. */
const isBroken = ({ status, gates }: JudgeResult): boolean =>
  status === 'blocked_on_human' &&
  failed(gates).some(({ verdict }) => verdict?.kind === 'fail' && !OF_TESTS.has(verdict.code));

/** What a gate says where the tests of the change are not those of the base. */
const OF_TESTS = new Set<string>(['E_CONTRACT_CHANGED', 'E_MISSING_TESTS']);

const failed = (gates: readonly JudgedGate[]): readonly JudgedGate[] =>
  gates.filter(
    ({ required, verdict }) => required && verdict !== null && ['fail', 'not_measured'].includes(verdict.kind),
  );

const isUndoable = ({ question, examined }: JudgeResult): boolean =>
  UNDOABLE.has(question?.code ?? '') ||
  (examined?.tests?.changes ?? []).some(({ kind }) => kind === 'removed' || kind === 'weakened') ||
  (examined?.contractChanges ?? []).some(({ change }) => change === 'deleted');

const lacking = ({ gaps }: JudgeResult): readonly string[] =>
  gaps.filter(({ code }) => code !== 'G_OPEN_QUESTION').map(({ text }) => cleanLine(text, LINE));

const lacks = (result: JudgeResult): string => `${lacking(result).join('; ')} (omk goal show ${result.goal})`;

const why = ({ failure, question, gaps }: JudgeResult): string =>
  cleanLine(failure?.text ?? question?.text ?? gaps[0]?.text ?? 'it did not end', LINE);

/** What an agent can act on: gates, tests, and what it did to tests. Never what a held-out check holds. */
function reasonOf(result: JudgeResult): string {
  const { base, gates, examined } = result;
  const labels = examined?.tests ? labelLines(examined.tests, NAMED) : [];
  return clean(
    [
      `omk judged the change since ${base.commit.slice(0, 12)} by the gates and tests of that commit. Not done yet:`,
      ...lacking(result).map((line) => `- ${line}`),
      ...failed(gates).flatMap(gateLines),
      ...(result.question && labels.length > 0
        ? ['What you changed in tests:', ...labels.map((line) => `- ${cleanLine(line, LINE)}`)]
        : []),
      `Mend it, then stop again. ${isUndoable(result) ? PUT_BACK : 'Make the code pass'}: editing what judges does not help, new ` +
        'tests are welcome. If it cannot be mended, or the user asked for just that, leave it, tell the user in one sentence, and stop.',
    ].join('\n'),
  );
}

/** Only said where there is something to put back. */
const PUT_BACK = 'Put back tests and settings that were removed, skipped or weakened, and make the code pass them';

function gateLines({ id, command, folder, missing }: JudgedGate): readonly string[] {
  const run = `${id} runs \`${cleanLine(command, LINE)}\`${folder === '.' ? '' : ` in ${cleanLine(folder)}`}`;
  if (missing.length === 0) return [run];
  const more = missing.length > NAMED ? [`- and ${missing.length - NAMED} more`] : [];
  return [
    `${run}. These must run and pass:`,
    ...missing.slice(0, NAMED).map((test) => `- ${cleanLine(test)}`),
    ...more,
  ];
}
