import { titleOf } from '../../../app/use/create.ts';
import { worstExit } from '../../../domain/backlog/worst.ts';
import { inWords } from '../../../domain/disk-error.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import type { Standing } from '../../../app/backlog/known.ts';
import { exitOf, type Outcome } from '../../../app/backlog/outcome.ts';
import type { Backlog, KnownEntry } from '../../../app/backlog/read.ts';
import type { BacklogResult } from '../../../app/backlog/run.ts';
import type { Output } from '../output/print.ts';
import { duration } from './duration.ts';
import { many } from './many.ts';
import { nextCommand } from './next-command.ts';
import { table } from './table.ts';
import { fit, width } from './width.ts';

type Columns = Pick<Output, 'columns'>;

const entryTitle = ({ prompt }: KnownEntry): string => cleanLine(titleOf(prompt), 72);

/** What of the source is no goal of this run. */
export const skippedLines = ({ ticked, twice }: Backlog): readonly string[] => [
  ...(ticked === 0 ? [] : [`note: ${many(ticked, 'goal')} ticked by hand ${ticked === 1 ? 'is' : 'are'} left out`]),
  ...twice.map(({ entry, as }) => `note: ${entry.where} repeats ${as.where}: it is worked on once`),
];

interface Planned {
  readonly entry: KnownEntry;
  readonly standing: Standing;
}

/** `--dry-run`: what would become of each goal. */
export function plannedLines(planned: readonly Planned[], output: Pick<Output, 'columns' | 'json'>): readonly string[] {
  if (output.json)
    return [
      JSON.stringify(
        planned.map(({ entry, standing }) => ({
          entry: entry.where,
          title: entryTitle(entry),
          digest: entry.digest,
          goal: 'goal' in standing ? standing.goal : null,
          would: standing.kind,
          ...(standing.kind === 'leave' ? { why: standing.why } : {}),
        })),
        null,
        2,
      ),
    ];
  const rows = planned.map(({ entry, standing }) => [
    standing.kind === 'leave' ? `leave: ${standing.why}` : standing.kind,
    'goal' in standing ? standing.goal : '',
    entry.where,
    entryTitle(entry),
  ]);
  return table(['would', 'goal', 'entry', 'title'], rows, output);
}

const STOPPED = { person: 130, time: 5, budget: 5, failures: 0 } as const;

/** Of all goals the worst; what kept some from being started counts as well. */
export const queueExit = ({ outcomes, stopped }: BacklogResult): number =>
  stopped === 'person'
    ? STOPPED.person
    : worstExit([...outcomes.map(exitOf), ...(stopped === null ? [] : [STOPPED[stopped]])]);

/** How one entry stands, in one or two words. */
export function standingWord({ did, state, error }: Outcome): string {
  if (did === 'not_started') return 'not started';
  if (error !== null && state?.status !== 'ready') return 'failed';
  if (state === null) return 'running';
  if (did === 'left' && state.status === 'ready') return 'ready before';
  return state.status;
}

/** The end of a queue: a line that counts, and a line for each goal. */
export function queueLines(from: string, result: BacklogResult, ms: number, output: Columns): readonly string[] {
  const { outcomes } = result;
  const counts = [...Map.groupBy(outcomes, standingWord)].map(([word, some]) => `${some.length} ${word}`);
  const why = outcomes.find(({ did }) => did === 'not_started')?.why;
  const rows = outcomes.map(outcomeRow);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => width(row[column] ?? ''))));
  const rest = widths.reduce((sum, wide) => sum + (wide === 0 ? 0 : wide + 2), 2);
  const room = output.columns === null ? 72 : Math.max(10, output.columns - rest);
  const shown = rows.map((row, index) => [
    ...row.filter((_, column) => widths[column] !== 0),
    fit(titleIn(outcomes[index]), room),
  ]);
  return [
    '',
    `queue ${cleanLine(from, 60)}: ${many(outcomes.length, 'goal')}, ${counts.join(', ')} (${duration(ms)})`,
    ...(why ? [`  not started: ${why}; run the same command to continue`] : []),
    ...table(null, shown, { columns: null }).map((line) => `  ${line}`),
  ];
}

const titleIn = (outcome: Outcome | undefined): string => (outcome ? entryTitle(outcome.entry) : '');

const outcomeRow = (outcome: Outcome): readonly string[] => [
  standingWord(outcome),
  outcome.goal ?? '',
  branchOf(outcome) ?? '',
  nextCommand(outcome) ?? '',
];

/** The branch of the remote that has its result. */
const branchOf = ({ state }: Outcome): string | null => state?.delivery.pushed?.branch ?? null;

export const queueJson = ({ outcomes, stopped }: BacklogResult, exit: number) => ({
  type: 'queue',
  exit,
  stopped,
  goals: outcomes.map((outcome) => outcomeJson(outcome)),
});

export function outcomeJson(outcome: Outcome) {
  const { entry, did, goal, state, why, error } = outcome;
  const known = error === null ? null : inWords(error);
  return {
    entry: entry.where,
    title: entryTitle(entry),
    digest: entry.digest,
    did,
    goal,
    status: state?.status ?? null,
    branch: branchOf(outcome),
    pullRequest: state?.delivery.pullRequest?.url ?? null,
    why,
    error: known === null ? internal(error) : { code: known.code, message: known.message, fix: known.fix },
    next: nextCommand(outcome),
    exit: exitOf(outcome),
  };
}

const internal = (error: unknown) =>
  error === null
    ? null
    : { code: 'INTERNAL', message: error instanceof Error ? error.message : 'unknown', fix: 'omk doctor --json' };
