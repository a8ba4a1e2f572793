import { boundMaterial, type Material } from '../../domain/delivery/material.ts';
import type { PullRequestRecord } from '../../domain/delivery/delivery.ts';
import { OmkError } from '../../domain/error.ts';
import type { GoalId } from '../../domain/ids.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import type { Check, ForgeRepository, PullRequest, ReviewThread } from '../../world/forge/port.ts';
import type { AgentSpec } from '../../domain/agents/agent.ts';
import { goalsBefore } from './before.ts';
import { createGoal } from '../commands/create.ts';
import { created } from '../context.ts';
import { Session } from '../session.ts';
import type { Notify, World } from '../world.ts';
import { forgeOf } from './forge.ts';
import { deliveryRefusal, noPullRequest } from './refusals.ts';

export interface FromPrOptions {
  readonly remote: string | null;
  /** How many goals may go on with one pull request. */
  readonly maxRounds: number;
}

export type FromPr =
  | { readonly kind: 'goal'; readonly goal: GoalId; readonly failed: readonly string[]; readonly threads: number }
  /** Nothing failed and nothing is unresolved; `pending`: checks that have not ended. */
  | { readonly kind: 'nothing'; readonly pending: readonly string[]; readonly url: string };

/**
 * A new goal that goes on from what the pull request of a ready goal has now: a ready goal is final and its proof is of one result.
 * What checks and reviewers said is given to it as data.
 */
export async function goalFromPr(world: World, goal: GoalId, options: FromPrOptions, notify: Notify): Promise<FromPr> {
  const session = await Session.open(world, goal);
  const { state } = session;
  const { repository, options: asked, title, origin } = created(state);
  const record = state.delivery.pullRequest;
  if (record === null)
    throw noPullRequest(goal, state.delivery, {
      ...(origin?.kind === 'pull_request' ? { none: `omk goal resume ${goal}, which goes on with its round` } : {}),
      pushed: (name) =>
        `git switch ${name}, then omk run "<what the checks and reviewers ask for>" goes on from there; where omk can log in by now: ` +
        `omk goal open-pr ${goal}`,
    });
  const agent = await agentOf(world, session);
  const round = origin?.kind === 'pull_request' ? origin.round + 1 : 1;
  const vault = await world.git.openVault(repository);
  const request = { vault, root: vault.root, remote: options.remote, branch: repository.branch };
  return world.git.withRemote(request, async (remote): Promise<FromPr> => {
    const { forge } = await forgeOf(world, remote, record);
    const pullRequest = await requireOpen(forge, record, goal);
    const checks = await forge.checks(pullRequest.commit);
    const threads = await forge.openThreads(record.number);
    const failed = checks.filter((check) => check.state === 'failed');
    if (failed.length + threads.length === 0) {
      const pending = checks.filter((check) => check.state === 'pending').map(({ name }) => name);
      return { kind: 'nothing', pending, url: record.url };
    }
    if (round > options.maxRounds) throw roundsSpent(goal, record, options.maxRounds);
    await remote.fetch(pullRequest.branch, pullRequest.commit);
    await vault.fetchBase(remote.dir, pullRequest.commit);
    const tree = await vault.treeOf(pullRequest.commit);
    const inspected = await world.git.inspect(vault.root);
    const made = await createGoal(
      world,
      {
        repository: {
          ...inspected,
          pin: { ...repository, commit: pullRequest.commit, tree, branch: repository.branch, dirty: false },
        },
        prompt: `Mend what the checks and reviewers of pull request #${record.number} found: ${cleanLine(title, 200)}`,
        agent,
        options: { ...withoutChecks(asked), delivery: { policy: 'auto-pr', ...mergeOf(asked.delivery) } },
        origin: {
          kind: 'pull_request',
          goal,
          number: record.number,
          url: record.url,
          branch: pullRequest.branch,
          base: pullRequest.base,
          round,
        },
        material: boundMaterial([...(await saidByChecks(forge, failed)), ...threads.map(saidByReviewers)]),
      },
      notify,
    );
    return { kind: 'goal', goal: made, failed: failed.map(({ name }) => name), threads: threads.length };
  });
}

/** The agent that worked on it; a change that was only judged had none. */
async function agentOf(world: World, session: Session): Promise<AgentSpec> {
  const goals = [...(await goalsBefore(world, session)).map(({ state }) => state), session.state];
  const agent = goals.findLast(({ created: made }) => made?.agent)?.created?.agent;
  if (agent) return agent;
  throw new OmkError(
    'AGENT_NOT_CHOSEN',
    `No agent worked on goal '${session.goal}': its change was judged as it was given`,
    'omk run --agent <name> "<what is to be mended>" on that branch',
  );
}

type Options = ReturnType<typeof created>['options'];

/** Checks, facts and held-out tests were of the first goal: they pass already, and show nothing more. */
function withoutChecks(options: Options): Options {
  const { heldOut: _, oracle: __, facts: ___, class: ____, ...rest } = options;
  return { ...rest, checks: [] };
}

const mergeOf = (delivery: Options['delivery']) => ({
  ...(delivery?.merge === undefined ? {} : { merge: delivery.merge }),
  ...(delivery?.proof === false ? { proof: false as const } : {}),
});

const roundsSpent = (goal: GoalId, { number, url }: PullRequestRecord, most: number): OmkError =>
  new OmkError(
    'ROUNDS_SPENT',
    `Pull request #${number} of goal '${goal}' was fixed ${most} times already, and its checks or reviewers still object`,
    `look at ${url}; --max-rounds ${most + 1} tries once more`,
    { exit: 3 },
  );

async function requireOpen(forge: ForgeRepository, { number }: PullRequestRecord, goal: GoalId): Promise<PullRequest> {
  const found = await forge.pullRequest(number);
  if (found.state === 'open') return found;
  throw deliveryRefusal({ kind: 'refuse', why: found.state, number }, goal);
}

const saidByChecks = (forge: ForgeRepository, failed: readonly Check[]): Promise<readonly Material[]> =>
  Promise.all(
    failed.slice(0, 10).map(async ({ name, summary, job }) => ({
      from: `Check ${cleanLine(name, 100)} failed`,
      text: [summary, job === null ? '' : await forge.logTail(job)].filter(Boolean).join('\n') || 'no output was given',
    })),
  );

const saidByReviewers = ({ path, line, comments }: ReviewThread): Material => ({
  from: `Review of ${cleanLine(path)}${line === null ? '' : `, line ${line}`}`,
  text: comments.map(({ author, text }) => `${author}: ${text}`).join('\n\n'),
});
