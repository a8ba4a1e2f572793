import type { Limits } from '../../domain/budget/figures.ts';
import { commandSummary } from '../../domain/commands/told.ts';
import { standings } from '../../domain/criteria/standing.ts';
import { lackingHere } from '../../domain/evidence/lacking.ts';
import { nearLimitsAtBase } from '../../domain/evidence/near-limit.ts';
import type { Question } from '../../domain/evidence/question.ts';
import { currentSnapshot, openQuestion, type GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import { budgetRows } from '../live/budget.ts';
import { checksOf, gatesOf } from './checked.ts';
import type { NarrativeLine, Used } from './line.ts';
import { missingOf, toldGaps } from './missing.ts';
import { newTests } from './new-tests.ts';
import { nextOf } from './next.ts';
import { redBefore } from './red-before.ts';

interface Where {
  readonly goal: GoalId;
  readonly folder: string;
  readonly deserted?: boolean;
  /** What to do when it is ready, instead of the usual. */
  readonly next?: string;
}

/** How a goal stands and what it cost, what to do next, what was done, what was checked, what is missing: in this order. */
export function narrate(state: GoalState, { goal, folder, deserted = false, next }: Where): readonly NarrativeLine[] {
  const { created } = state;
  const isEmpty = toldGaps(state).some(({ code }) => code === 'G_EMPTY_PATCH');
  return [
    standing(state, deserted),
    ...here(state),
    ...nextOf(state, isEmpty, { deserted, instead: next }),
    ...redBefore(state),
    { kind: 'goal', goal, title: created?.title ?? '' },
    ...(created?.origin ? [{ kind: 'origin', origin: created.origin } as const] : []),
    ...done(state, isEmpty),
    ...(isEmpty ? [] : gatesOf(state)),
    ...(isEmpty ? [] : commandSummary(state).map((text): NarrativeLine => ({ kind: 'commands', text }))),
    ...checksOf(state),
    ...standings(state).map((criterion): NarrativeLine => ({ kind: 'criterion', criterion })),
    ...newTests(state),
    ...missingOf(state),
    ...(state.ended?.gaps ?? []).flatMap(({ kind, code, text }): readonly NarrativeLine[] =>
      kind === 'known' ? [{ kind: 'limit', code, text }] : [],
    ),
    { kind: 'folder', path: folder },
  ];
}

const standing = (state: GoalState, deserted: boolean): NarrativeLine => ({
  kind: 'standing',
  status: state.status,
  deserted,
  after: state.pausedAfter,
  given: state.created?.given !== undefined,
  attempts: state.attempts.length,
  ms: Number(state.budget.recordedSecs) * 1000,
  used: usedIn(state),
});

/** Questions that say what became of tests. */
const LISTS_TESTS: ReadonlySet<Question['code'] | undefined> = new Set(['contract_changed', 'nothing_shown'] as const);

const NO_LIMITS: Limits = { time: null, tokens: null, picoUsd: null };

function usedIn({ budget: { ledger, recordedSecs } }: GoalState): Used {
  if (ledger.told.size === 0) return { tokens: null, dollars: null };
  const used = { secs: recordedSecs, tokens: ledger.tokens, picoUsd: ledger.picoUsd };
  const [, tokens = null, dollars = null] = budgetRows(NO_LIMITS, used, ledger).map((row) => row.used);
  const known = (text: string | null): string | null => (text === 'unknown' ? null : text);
  return { tokens: known(tokens), dollars: known(dollars) };
}

/** Before all else: without what is missing here, the rest says little. A question about it says it itself. */
const here = (state: GoalState): readonly NarrativeLine[] =>
  [...(openQuestion(state)?.code === 'cannot_run' ? [] : lackingHere(state)), ...nearLimitsAtBase(state)].map(
    (text): NarrativeLine => ({ kind: 'here', text }),
  );

function done(state: GoalState, isEmpty: boolean): readonly NarrativeLine[] {
  const { attempts, created, integrated, oracles, planners } = state;
  const candidate = currentSnapshot(state)?.candidate;
  const examined = candidate === undefined || isEmpty ? undefined : state.examined.get(candidate);
  return [
    created?.given
      ? { kind: 'given', name: created.given.name }
      : {
          kind: 'work',
          attempts: attempts.length,
          turns: attempts.reduce((sum, attempt) => sum + attempt.turns.length, 0),
          before: planners.length + oracles.length,
          agent: created?.agent?.name ?? null,
        },
    ...(examined ? [{ kind: 'changes', files: examined.changes } as const] : []),
    ...(examined?.tests && !LISTS_TESTS.has(openQuestion(state)?.code)
      ? [{ kind: 'tests', labels: examined.tests } as const]
      : []),
    ...(integrated ? [{ kind: 'result', commit: integrated.commit, tree: integrated.tree } as const] : []),
  ];
}
