import { type Config, durationMs } from '../../../app/config.ts';
import type { InspectedRepository } from '../../../app/git.ts';
import type { Notify } from '../../../app/notice.ts';
import { createGoal, needsPrompt } from '../../../app/use/create.ts';
import { readIssue } from '../../../app/use/issue.ts';
import { readFile } from 'node:fs/promises';
import { newBudget, type BudgetRequest } from '../../../domain/budget/create.ts';
import type { StoredBudget } from '../../../domain/budget/figures.ts';
import { usdFromNumber } from '../../../domain/budget/money.ts';
import { OmkError } from '../../../domain/error.ts';
import { lackFix, lackText, type Beside } from '../../../domain/gates/beside-tree.ts';
import { chooseWorker, chooseOther, chooseRoles, withOther } from './choose-agent.ts';
import { withHeldBack } from '../../../domain/commands/held-back.ts';
import { parseCapture } from '../../../domain/plan/command.ts';
import { auditFrom } from './audit-flags.ts';
import { GOAL_CLASSES } from '../../../domain/plan/plan.ts';
import { parseFact } from '../../../domain/plan/fact.ts';
import { parseAuthor } from '../../../domain/goal/author.ts';
import type { GoalOptions } from '../../../domain/goal/event.ts';
import type { Output } from '../output/print.ts';
import { startLines } from '../live/brief.ts';
import { plainLine } from '../live/plain.ts';
import { fromHome } from '../../../app/paths.ts';
import { openRepositoryWorld } from '../../../app/repository-world.ts';
import { withFoundCommands } from '../../../app/plan/found-commands.ts';
import { workOn } from '../work-on.ts';
import { readHeldOut } from '../../../app/held-out.ts';
import { goalText } from '../../../app/goal-text.ts';
import { policyFrom } from './goal/merge.ts';
import { oneStrategy, planEach, readBefore } from './run-plan.ts';
import { standardInput } from './standard-input.ts';
import type { RunFlags } from './run-flags.ts';
import { currentFolder, environment } from '../../../app/here.ts';

/** `omk run`: creates the goal and works on it. Returns the exit code of its status. */
export async function run(
  words: readonly string[],
  flags: RunFlags,
  output: Output,
  how: { readonly planOnly?: true } = {},
): Promise<number> {
  needsQueue(flags);
  oneStrategy(flags);
  const read = await readBefore(flags, output);
  const isSaid = flags.issue !== undefined || read?.document.goal !== undefined;
  const said = await promptFrom(words, flags.file ?? null, isSaid);
  const opened = await openRepositoryWorld(environment(), currentFolder());
  const { world, repository, vault } = opened;
  try {
    // What is wrong with the command is said before what is missing on the machine.
    if (said !== null) needsPrompt(said);
    const delivery = deliveryFrom(flags, world.config);
    const author = authorFrom(flags.author ?? world.config.author ?? 'me', repository);
    optionsFrom(flags, world.config, '', world.agentsAtOnce);
    const agent = await chooseWorker(world, flags.agent);
    const other = await chooseOther(world, flags.fallbackAgent, agent);
    const asked = optionsFrom(flags, world.config, agent.name, world.agentsAtOnce);
    const roles = await chooseRoles(world, asked, agent);
    const options = { ...withOther(asked, other, world.config), ...roles, ...author, ...delivery };
    const issue =
      flags.issue === undefined ? null : await readIssue(world, { vault, branch: repository.pin.branch }, flags.issue);
    const prompt = [issue?.prompt, said ?? read?.document.goal].filter(Boolean).join('\n\n');
    const plan = flags.each === undefined ? read : await planEach(prompt, flags.each, opened);
    const found = plan ? null : await withFoundCommands(prompt, options, opened);
    if (found?.told && !output.json) output.out(found.told);
    const places = { repository: repository.pin.root, stateDir: world.files.stateDir };
    const heldOut = await readHeldOut(flags, places, (plan?.files.length ?? 0) > 0);
    const { told } = await world.git.supplies(repository.pin);
    const own = await world.agents.note(agent);
    const noted = [...notes(repository, told), ...(own === null ? [] : [own])];
    if (!output.json) for (const note of noted) output.err(`note: ${note}`);
    const goal = await createGoal(
      world,
      {
        repository,
        prompt,
        agent,
        options: found?.options ?? options,
        ...(heldOut ? { heldOut } : {}),
        ...(plan ? { plan } : {}),
        ...(issue ? { origin: issue.origin, material: issue.material } : {}),
      },
      created(output, flags.verbose === true),
    );
    return await workOn(world, goal, output, { ...how, verbose: flags.verbose === true });
  } finally {
    await world.store.close();
  }
}

const OF_QUEUE = ['label', 'maxGoals', 'queueTime', 'queueTokens', 'queueUsd', 'dryRun'] as const;

/** Flags that say nothing without a queue. */
function needsQueue(flags: RunFlags): void {
  const alone = OF_QUEUE.find((name) => flags[name] !== undefined);
  if (alone === undefined) return;
  const flag = `--${alone.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new OmkError('FLAG_INVALID', `${flag} needs --queue`, 'omk run --queue goals.md');
}

/** Null where an issue or a plan says the goal and nothing is added to it. */
async function promptFrom(words: readonly string[], file: string | null, isSaid: boolean): Promise<string | null> {
  if (file !== null && words.length > 0)
    throw new OmkError(
      'GOAL_TWICE',
      'The goal is given twice: as an argument and with --file',
      'leave one of them out',
    );
  if (file !== null) {
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new OmkError('GOAL_FILE_UNREADABLE', `The goal cannot be read from '${file}'`, 'check the path', { cause });
    });
    return goalText(bytes, `The goal in '${file}'`);
  }
  if (words.length === 1 && words[0] === '-') return goalText(await standardInput(), 'The goal on standard input');
  if (words.length === 0 && isSaid) return null;
  if (words.length === 0)
    throw new OmkError(
      'GOAL_MISSING',
      'No goal given',
      'omk run "<what should be true when it is done>", or omk run --file goal.md',
    );
  return words.join(' ');
}

/** Names the goal at once, so that it can be watched, stopped and resumed whatever happens to this process. */
export function created(output: Output, verbose: boolean): Notify {
  return (notice) => {
    if (notice.kind !== 'event') return;
    if (output.json) output.out(JSON.stringify(notice.event));
    else if (verbose) output.out(plainLine(notice.event));
    else for (const line of startLines(notice, output.redraws)) output.out(line);
  };
}

export function optionsFrom(flags: RunFlags, config: Config, agent: string, agentsAtOnce: number): GoalOptions {
  const { limits } = config;
  const { reportTokens, reportUsd } = config.agents[agent] ?? {};
  return {
    checks: flags.check ?? [],
    knownRed: flags.knownRed ?? [],
    allowNoChange: flags.allowNoChange === true,
    ...oracleFrom(flags.oracle ?? 'worker'),
    ...plannerFrom(flags.planner ?? 'auto'),
    ...(flags.approvePlan ? { approvePlan: true } : {}),
    ...requiredFrom(flags),
    ...disputesFrom(flags.oracleDisputes ?? 'ask'),
    ...factsFrom(flags.fact ?? []),
    ...capturesFrom(flags.capture ?? []),
    ...classFrom(flags),
    maxAttempts: count('--max-attempts', flags.maxAttempts) ?? limits.maxAttempts ?? 4,
    maxAgents:
      count('--max-agents', flags.maxAgents) ?? count('--parallel', flags.parallel) ?? limits.maxAgents ?? agentsAtOnce,
    maxTurns: count('--max-turns', flags.maxTurns) ?? 6,
    turnTimeoutMs: span('--turn-timeout', flags.turnTimeout) ?? limits.turnTimeoutMs ?? 30 * 60_000,
    budget: budgetFrom(flags),
    taskShare: config.taskShare ?? 50,
    ...(reportTokens === undefined && reportUsd === undefined
      ? {}
      : {
          largestReport: {
            tokens: reportTokens?.toString() ?? null,
            picoUsd: usdFromNumber(reportUsd)?.toString() ?? null,
          },
        }),
    ...costTracker(flags.costTracker ?? config.costTracker),
    ...(flags.cache === false ? { noCache: true } : {}),
    ...baseline(flags.baseline),
    ...(flags.requireKnownCost ? { requireKnownCost: true } : {}),
    maxWaitMs: span('--max-wait', flags.maxWait) ?? limits.maxWaitMs ?? 6 * 3_600_000,
    idleTimeoutMs: span('--idle-timeout', flags.idleTimeout) ?? limits.idleTimeoutMs ?? 5 * 60_000,
  };
}

/** Without a policy nothing is delivered, and a policy to merge needs a pull request. */
export function deliveryFrom(
  { policy = 'local', mergePolicy }: RunFlags,
  { sendsProofs }: Pick<Config, 'sendsProofs'>,
): Pick<GoalOptions, 'delivery'> {
  if (policy !== 'local' && policy !== 'draft-pr' && policy !== 'auto-pr')
    throw new OmkError(
      'FLAG_INVALID',
      `--policy must be local, draft-pr or auto-pr, not '${policy}'`,
      '--policy draft-pr',
    );
  const merge = mergePolicy === undefined ? {} : { merge: policyFrom(mergePolicy) };
  if (merge.merge === 'gated' && policy !== 'auto-pr')
    throw new OmkError(
      'FLAG_INVALID',
      `--merge-policy gated merges a pull request, and --policy ${policy} makes none that can be merged`,
      '--policy auto-pr --merge-policy gated',
    );
  if (policy === 'local') return mergePolicy === undefined ? {} : { delivery: merge };
  return { delivery: { policy, ...merge, ...(sendsProofs === false ? { proof: false } : {}) } };
}

function oracleFrom(who: string): Pick<GoalOptions, 'oracle'> {
  if (who === 'ask') return {};
  if (who === 'worker' || who === 'agent') return { oracle: who };
  throw new OmkError('FLAG_INVALID', `--oracle must be agent, worker or ask, not '${who}'`, '--oracle worker');
}

/** What is pushed and may be merged is shown by more than one agent alone, unless a person says otherwise. */
function requiredFrom({ requireOracle, policy, mergePolicy }: RunFlags): Pick<GoalOptions, 'requireOracle'> {
  const byDefault = policy === 'auto-pr' || mergePolicy === 'gated' ? 'approved' : 'worker';
  const who = requireOracle ?? byDefault;
  if (who === 'worker') return {};
  if (who === 'agent' || who === 'approved' || who === 'given') return { requireOracle: who };
  throw new OmkError(
    'FLAG_INVALID',
    `--require-oracle must be worker, agent, approved or given, not '${who}'`,
    '--require-oracle agent',
  );
}

function disputesFrom(who: string): Pick<GoalOptions, 'oracleDisputes'> {
  if (who === 'ask') return {};
  if (who === 'agent') return { oracleDisputes: who };
  throw new OmkError('FLAG_INVALID', `--oracle-disputes must be ask or agent, not '${who}'`, '--oracle-disputes ask');
}

function plannerFrom(when: string): Pick<GoalOptions, 'planner'> {
  if (when === 'never') return {};
  if (when === 'auto' || when === 'always') return { planner: when };
  throw new OmkError('FLAG_INVALID', `--planner must be auto, always or never, not '${when}'`, '--planner auto');
}

function factsFrom(facts: readonly string[]): Pick<GoalOptions, 'facts'> {
  const wrong = facts.find((text) => parseFact(text) === null);
  if (wrong !== undefined)
    throw new OmkError(
      'FLAG_INVALID',
      `--fact must say what is so of a path in the repository, not '${wrong}'`,
      '--fact "README.md contains Install", or "<path> exists", "<path> is gone", "<path> lacks <text>"',
    );
  return facts.length === 0 ? {} : { facts };
}

function capturesFrom(texts: readonly string[]): Pick<GoalOptions, 'captures'> {
  const captures = texts.map((text) => {
    const parsed = parseCapture(text);
    if (parsed !== null) return { criterion: 'captures', ...parsed };
    throw new OmkError(
      'FLAG_INVALID',
      `--capture must be a command, or two with => between them, not '${text}'`,
      '--capture "node cli.js --help", or --capture "python3 cli.py -h => node cli.ts -h"',
    );
  });
  return captures.length === 0 ? {} : { captures: withHeldBack(captures) };
}

function classFrom(flags: RunFlags): Partial<Pick<GoalOptions, 'class' | 'allowNoChange'>> {
  const { class: text } = flags;
  if (text === undefined) return {};
  const found = GOAL_CLASSES.find((each) => each === text);
  if (found === 'audit') return auditFrom(flags);
  if (found !== undefined) return { class: found };
  throw new OmkError('FLAG_INVALID', `--class must be ${GOAL_CLASSES.join(', ')}, not '${text}'`, '--class docs');
}

export function authorFrom(who: string, { user }: InspectedRepository): Pick<GoalOptions, 'author'> {
  if (who === 'omk') return {};
  if (who === 'me') return user ? { author: user } : {};
  const author = parseAuthor(who);
  if (author) return { author };
  throw new OmkError('FLAG_INVALID', `--author must be me, omk or "Name <mail>", not '${who}'`, '--author me');
}

function baseline(text: string | undefined): Pick<GoalOptions, 'baseline'> {
  if (text === undefined || text === 'twice') return {};
  if (text === 'once') return { baseline: 'once' };
  throw new OmkError('FLAG_INVALID', `--baseline must be once or twice, not '${text}'`, '--baseline once');
}

const costTracker = (path: string | undefined): Pick<GoalOptions, 'costTracker'> =>
  path === undefined ? {} : { costTracker: fromHome(environment(), path) };

const budgetFrom = ({ budgetTime, budgetTokens, budgetUsd }: RunFlags): StoredBudget =>
  amountsFrom('--budget', { time: budgetTime ?? null, tokens: budgetTokens ?? null, usd: budgetUsd ?? null });

const AMOUNT = {
  BUDGET_TIME_INVALID: 'time 2h',
  BUDGET_TOKENS_INVALID: 'tokens 500000',
  BUDGET_USD_INVALID: 'usd 5',
} as const;

/** What flags of one prefix say. `OmkError` `BUDGET_*_INVALID`, which names the flag. */
export function amountsFrom(prefix: '--budget' | '--queue', request: BudgetRequest): StoredBudget {
  const parsed = newBudget(request);
  if (parsed.kind === 'refused') throw new OmkError(parsed.code, parsed.text, `${prefix}-${AMOUNT[parsed.code]}`);
  return parsed.budget;
}

export function count(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 1000) return value;
  throw new OmkError('FLAG_INVALID', `${flag} must be a whole number from 1 to 1000, not '${text}'`, `${flag} 4`);
}

function span(flag: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = durationMs(text);
  if (value !== null && value > 0) return value;
  throw new OmkError('FLAG_INVALID', `${flag} must be a duration such as 90s, 30m or 2h, not '${text}'`, `${flag} 30m`);
}

export function notes(
  { pin, dirtyPaths, policyDiffers }: InspectedRepository,
  { lacks, included }: Beside,
): readonly string[] {
  const notes: string[] = [];
  if (pin.dirty)
    notes.push(
      `the checkout has uncommitted changes ` +
        `(${dirtyPaths.slice(0, 3).join(', ')}${dirtyPaths.length > 3 ? ', …' : ''}); the run starts from ` +
        `commit ${pin.commit.slice(0, 12)} and does not see them`,
    );
  if (policyDiffers) notes.push('.omk/ in the checkout differs from the commit; the run uses the committed one');
  notes.push(...lacks.slice(0, 3).map((lack) => `${lackText(lack)}: ${lackFix(lack)}`));
  if (included.length > 0)
    notes.push(
      `.worktreeinclude gives the agent and the gates files that git ignores: ` +
        `${included.slice(0, 5).join(', ')}${included.length > 5 ? ', …' : ''}`,
    );
  return notes;
}
