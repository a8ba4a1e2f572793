import { systemClock } from '../../../../app/time.ts';
import { openPrices } from '../../../../app/use/prices.ts';
import { reportShape, type CostSession } from '../../../../domain/budget/contract.ts';
import { elapsedSecs, limitsOf } from '../../../../domain/budget/figures.ts';
import { contractJson } from '../../../../domain/budget/json.ts';
import { OmkError } from '../../../../domain/error.ts';
import { usedOf } from '../../../../domain/decide/budget.ts';
import { costSessions } from '../../../../domain/goal/cost-sessions.ts';
import { fold } from '../../../../domain/transition/evolve.ts';
import { overshootOf } from '../../../../domain/decide/reservation.ts';
import type { GoalState } from '../../../../domain/goal/state.ts';
import { isTerminal } from '../../../../domain/status.ts';
import type { LoggedEvent } from '../../../../domain/goal/event.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { withGoal } from '../../../../app/goal-store.ts';
import type { Output } from '../../output/print.ts';
import { budgetRows } from '../../../../app/live/budget.ts';
import { bar, budgetNotes, tasksShape } from '../../text/budget.ts';
import { table } from '../../text/table.ts';
import type { GoalId } from '../../../../domain/ids.ts';

export type BudgetFormat = 'text' | 'json' | 'md';

/** `omk goal budget`: what was spent of what was allowed. Spends nothing, records nothing. */
export function budget(name: string, format: string, output: Output): Promise<number> {
  if (format !== 'text' && format !== 'json' && format !== 'md')
    throw new OmkError('FLAG_INVALID', `--format must be text, json or md, not '${format}'`, '--format json');
  return withGoal(name, async (store, { goal, title, status }) => {
    const events = (await store.read(goal)).map((line) => line.event);
    const state = fold(events);
    const result = limitsOf(state.budget.stored);
    if (result.kind === 'invalid')
      throw new OmkError('BUDGET_INVALID', result.text, `omk goal show ${goal}`, { exit: 6 });
    const now = systemClock.now();
    const secs = elapsedSecs(Date.parse(events[0]?.ts ?? ''), endedAt(state, events) ?? now, state.budget.recordedSecs);
    const { limits } = result;
    const used = usedOf(state, secs);
    const sessions = sessionsOf(events, output);
    if (format === 'json') {
      const { checkpoints, ledger } = state.budget;
      output.out(
        contractJson({
          ...reportShape({
            goal,
            generatedAt: new Date(now).toISOString(),
            limits,
            used,
            checkpoints,
            sessions,
            unknownCostCalls: ledger.unknownCost,
            unknownTokenCalls: ledger.unknownTokens,
            overshoot: overshootOf(state),
          }),
          ...tasksShape(state, limits),
        }),
      );
      return 0;
    }
    const rows = budgetRows(limits, used, state.budget.ledger);
    const notes = budgetNotes(state, limits, secs, openPrices({}).source);
    if (format === 'md') for (const line of markdown(goal, status, rows, notes)) output.out(line);
    else {
      output.out(`${status}  ${goal}  ${cleanLine(title, 72)}`);
      for (const line of table(
        null,
        rows.map((row) => [
          '',
          row.name,
          row.used,
          `of ${row.total}`,
          row.spent === null ? '' : bar(row.spent),
          row.left,
        ]),
        { columns: output.columns },
      ))
        output.out(line.replace(/of no limit/u, 'no limit   ').trimEnd());
      for (const note of notes) output.out(`  ${note}`);
    }
    return 0;
  });
}

/** Time is spent until a goal ends; null while it has not. */
function endedAt({ status }: GoalState, events: readonly LoggedEvent[]): number | null {
  if (!isTerminal(status)) return null;
  const end = events.findLast(({ type }) => type === 'goal.ended' || type === 'goal.cancelled');
  return end ? Date.parse(end.ts) : null;
}

/** Spending that cannot be read is said, and left out. */
export function sessionsOf(events: readonly LoggedEvent[], output: Pick<Output, 'err'>): readonly CostSession[] {
  try {
    return costSessions(events);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    output.err(`the cost sessions of this goal cannot be read (${error.message}); what was spent is shown as 0`);
    return [];
  }
}

function markdown(
  goal: GoalId,
  status: string,
  rows: ReturnType<typeof budgetRows>,
  notes: readonly string[],
): readonly string[] {
  return [
    `# Budget of ${goal}`,
    '',
    `Status: ${status}`,
    '',
    '| budget | used | total | left |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row.name} | ${row.used} | ${row.total} | ${row.left} |`),
    '',
    ...notes.map((note) => `- ${note}`),
  ];
}
