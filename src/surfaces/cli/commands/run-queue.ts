import { limitsOf } from '../../../domain/budget/figures.ts';
import { OmkError } from '../../../domain/error.ts';
import { standingOf } from '../../../app/backlog/known.ts';
import { readBacklog, type Backlog } from '../../../app/backlog/read.ts';
import { runBacklog, type BacklogRun } from '../../../app/backlog/run.ts';
import { currentFolder, environment } from '../../../app/here.ts';
import { openRepositoryWorld, type RepositoryWorld } from '../../../app/repository-world.ts';
import { watchQueue } from '../live/queue.ts';
import type { Output } from '../output/print.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { plannedLines, queueExit, queueJson, queueLines, skippedLines } from '../text/queue.ts';
import { chooseWorker, chooseOther, withOther } from './choose-agent.ts';
import { amountsFrom, authorFrom, count, deliveryFrom, notes, optionsFrom } from './run.ts';
import type { RunFlags } from './run-flags.ts';

type QueueFlags = RunFlags & { readonly queue: string };

/** `omk run --queue`: one goal after the other, or some at once. Returns the worst of their exit codes. */
export async function runQueue(words: readonly string[], flags: QueueFlags, output: Output): Promise<number> {
  refuseOneGoal(words, flags);
  const maxGoals = count('--max-goals', flags.maxGoals) ?? 1;
  const limits = queueLimits(flags);
  const opened = await openRepositoryWorld(environment(), currentFolder());
  try {
    const backlog = await readBacklog(flags.queue, flags.label ?? [], opened);
    if (!output.json) for (const line of skippedLines(backlog)) output.err(line);
    if (flags.dryRun) return await plan(opened, backlog, output);
    return await work(opened, backlog, flags, { maxGoals, limits }, output);
  } finally {
    await opened.world.store.close();
  }
}

const OF_ONE_GOAL = {
  file: '--file',
  issue: '--issue',
  heldOut: '--held-out',
  heldOutWrong: '--held-out-wrong',
  plan: '--plan',
  each: '--each',
  stories: '--stories',
  parallel: '--parallel',
} as const;

/** What is about one goal cannot be about all. */
function refuseOneGoal(words: readonly string[], flags: QueueFlags): void {
  if (words.length > 0)
    throw new OmkError(
      'GOAL_TWICE',
      'The goals come from --queue, and another is given as an argument',
      'leave one of them out',
    );
  const one = (Object.keys(OF_ONE_GOAL) as readonly (keyof typeof OF_ONE_GOAL)[]).find(
    (name) => flags[name] !== undefined,
  );
  if (one !== undefined)
    throw new OmkError(
      'FLAG_INVALID',
      `${OF_ONE_GOAL[one]} is for one goal, not for a queue`,
      `omk run ${OF_ONE_GOAL[one]} <value> for that goal`,
    );
  if (flags.label !== undefined && flags.queue !== 'issues')
    throw new OmkError('FLAG_INVALID', '--label is for --queue issues', 'omk run --queue issues --label <label>');
}

function queueLimits(flags: QueueFlags): BacklogRun['limits'] {
  const { queueTime: time = null, queueTokens: tokens = null, queueUsd: usd = null } = flags;
  const parsed = limitsOf(amountsFrom('--queue', { time, tokens, usd }));
  if (parsed.kind === 'invalid') throw new OmkError('BUDGET_INVALID', parsed.text, '--queue-time 8h');
  const { limits } = parsed;
  return {
    tokens: limits.tokens,
    picoUsd: limits.picoUsd,
    timeMs: limits.time === null ? null : Number(limits.time.secs) * 1000,
  };
}

/** What a run would do, without doing it. */
async function plan({ world, repository }: RepositoryWorld, backlog: Backlog, output: Output): Promise<number> {
  const standings = await Promise.all(
    backlog.entries.map(async (entry) => ({ entry, standing: await standingOf(world, repository.pin.id, entry) })),
  );
  for (const line of plannedLines(standings, output)) output.out(line);
  return 0;
}

async function work(
  { world, repository }: RepositoryWorld,
  { entries }: Backlog,
  flags: QueueFlags,
  how: Pick<BacklogRun, 'maxGoals' | 'limits'>,
  output: Output,
): Promise<number> {
  optionsFrom(flags, world.config, '', 1);
  const delivery = deliveryFrom(flags, world.config);
  const author = authorFrom(flags.author ?? world.config.author ?? 'me', repository);
  const agent = await chooseWorker(world, flags.agent);
  const other = await chooseOther(world, flags.fallbackAgent, agent);
  const asked = optionsFrom(flags, world.config, agent.name, world.agentsAtOnce);
  const options = { ...withOther(asked, other, world.config), ...author, ...delivery };
  const { told } = await world.git.supplies(repository.pin);
  const own = await world.agents.note(agent);
  if (!output.json)
    for (const note of [...notes(repository, told), ...(own === null ? [] : [own])]) output.err(`note: ${note}`);
  const { signal, done } = stopOnSignals(output);
  const watch = watchQueue(entries, { agent, clock: world.clock, verbose: flags.verbose === true }, output);
  try {
    const startedAt = world.clock.now();
    const result = await runBacklog(world, {
      entries,
      alike: { repository, agent, options },
      ...how,
      signal,
      tell: watch.tell,
    });
    watch.end();
    const exit = queueExit(result);
    if (output.json) output.out(JSON.stringify(queueJson(result, exit)));
    else for (const line of queueLines(flags.queue, result, world.clock.now() - startedAt, output)) output.out(line);
    return exit;
  } finally {
    watch.end();
    done();
  }
}
