import { OmkError } from '../../domain/error.ts';
import type { GoalOptions } from '../../domain/goal/event.ts';
import type { CommitId, GoalId, Sha256, TreeId } from '../../domain/ids.ts';
import type { Given } from '../../domain/plan/given.ts';
import type { Origin } from '../../domain/delivery/delivery.ts';
import type { Material } from '../../domain/delivery/material.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import { standingIn, withWords } from '../../domain/text/standing.ts';
import type { AgentSpec } from '../../domain/agents/agent.ts';
import type { InspectedRepository, Vault } from '../../world/git/port.ts';
import { limitsOf, NO_BUDGET } from '../../domain/budget/figures.ts';
import { checkpoint } from '../../domain/decide/budget.ts';
import { momentOf } from '../../domain/budget/moment.ts';
import { TASK_RULES } from '../../domain/task/rules.ts';
import { mayHoldOut } from '../../domain/held-out/runs.ts';
import { sealHeldOut, type HeldOutRequest } from '../held-out/seal.ts';
import { maskText } from '../mask-text.ts';
import { Session } from '../session.ts';
import type { Notify, World } from '../world.ts';
import { withPlan } from '../../domain/planner/adopt.ts';
import { checkPlan, withFiles, type GivenPlan } from './given-plan.ts';
import { gatesOf, resolvePolicy } from './resolve-policy.ts';

export interface CreateRequest {
  readonly repository: InspectedRepository;
  readonly prompt: string;
  /** Absent: the change is given. */
  readonly agent?: AgentSpec;
  /** The change that is judged, its tree in the vault already. Absent: an agent makes it. */
  readonly given?: Omit<Given, 'snapshot'> & { readonly candidate: TreeId };
  readonly options: GoalOptions;
  /** Checks that the agent never sees. Absent: none. */
  readonly heldOut?: HeldOutRequest;
  /** Absent: omk makes one of the prompt. */
  readonly plan?: GivenPlan;
  readonly origin?: Origin;
  /** Words of others, already bounded. */
  readonly material?: readonly Material[];
  /** The entry of a backlog that it works on. */
  readonly entry?: Sha256;
}

/** The most a goal may say: an agent gets all of it with every new session. */
const MOST_BYTES = 256 * 1024;

/** The text of a goal, without space around it; `named`: which one it is. `OmkError` where it is empty, too large or no text. */
export function needsPrompt(text: string, named = 'The goal'): string {
  const prompt = text.trim();
  if (Buffer.byteLength(prompt) > MOST_BYTES)
    throw new OmkError(
      'GOAL_TOO_LARGE',
      `${named} has ${Buffer.byteLength(prompt)} bytes; at most ${MOST_BYTES}`,
      'say what should be true in a few pages, and put the rest into files of the repository',
    );
  // What no terminal shows and git takes into no message.
  if (prompt.includes('\0')) return notText(named);
  if (prompt !== '') return prompt;
  throw new OmkError('GOAL_EMPTY_PROMPT', `${named} is empty`, 'say what should be true when it is done');
}

export function notText(named: string): never {
  throw new OmkError('GOAL_FILE_UNREADABLE', `${named} is not text in UTF-8`, 'write it as plain text');
}

/** Pins repository, base, agent and policy as a new goal. Nothing is recorded when any of them is wrong. */
export async function createGoal(world: World, request: CreateRequest, notify: Notify): Promise<GoalId> {
  const written = inWorktree(needsPrompt(request.prompt), world, request);
  const prompt = await maskText(world, written);
  if (prompt !== written)
    notify({
      kind: 'step',
      text: 'the goal holds what looks like a secret: it is kept, and given to the agent, as [redacted]',
    });
  const { repository } = request;
  const budget = limitsOf(request.options.budget ?? NO_BUDGET);
  if (budget.kind === 'invalid') throw new OmkError('BUDGET_INVALID', budget.text, 'a duration such as 30m, 2h or 1d');
  const vault = await world.git.openVault(repository.pin);
  await vault.fetchBase(repository.pin.root, repository.pin.commit);
  const policy = await resolvePolicy(world, vault, repository.pin.tree, request.options.checks);
  const gates = gatesOf(policy);
  const unknown = request.options.knownRed.find((name) => !gates.some((gate) => gate.id === name));
  if (unknown !== undefined)
    throw new OmkError(
      'GATE_UNKNOWN',
      `--known-red names '${unknown}', but the gates are: ${gates.map((gate) => gate.id).join(', ') || 'none'}`,
      'omk gates list',
    );
  await needsRemote(world, vault, request);
  if (request.plan) await checkPlan(request.plan, gates, vault, repository.pin.tree);
  const checks = request.plan ? withFiles(request.heldOut ?? null, request.plan) : request.heldOut;
  if (checks && !gates.some((gate) => mayHoldOut(gate) && !request.options.knownRed.includes(gate.id)))
    throw new OmkError(
      'HELD_OUT_NO_GATE',
      `No required gate counts tests, so omk cannot tell whether the checks of ${request.heldOut ? '--held-out' : 'the plan'} ran`,
      'omk gates explain, or --check "<a command that runs tests>"',
    );
  if (request.given && !gates.some((gate) => gate.required))
    throw new OmkError(
      'NO_GATE',
      'No required gate judges this repository at the base of the change',
      'omk init, then commit .omk/gates.toml; or --check "<command>"',
    );
  const goal = newGoalId(world);
  const given = request.given && (await keepGiven(world, vault, goal, request.repository.pin.commit, request.given));
  const heldOut = checks && (await sealHeldOut(world, vault, { goal, base: repository.pin.tree }, checks));
  const planned = request.plan ? withPlan(request.options, request.plan) : request.options;
  const material = await Promise.all(
    (request.material ?? []).map(async (each) => ({ ...each, text: await maskText(world, each.text) })),
  );
  const session = await Session.open(world, goal, notify);
  await session.append(
    {
      type: 'goal.created',
      data: {
        goal,
        prompt,
        title: titleOf(prompt),
        repository: repository.pin,
        ...(request.agent ? { agent: request.agent, programs: 'named' } : {}),
        ...(given ? { given } : {}),
        options: {
          ...planned,
          canaryOnBase: true,
          altered: true,
          ahead: true,
          canariesMerged: true,
          standings: true,
          checksFirst: true,
          oracleRules: 6,
          asksUnshown: true,
          taskRules: TASK_RULES,
          ...(heldOut ? { heldOut } : {}),
        },
        omk: world.version,
        ...(request.origin ? { origin: request.origin } : {}),
        ...(material.length > 0 ? { material } : {}),
        ...(request.entry ? { entry: request.entry } : {}),
      },
    },
    ...policy,
    checkpoint(
      momentOf({ status: 'running', phase: 'intake', at: new Date(world.clock.now()).toISOString() }, budget.limits, {
        secs: 0n,
        tokens: 0n,
        picoUsd: 0n,
      }),
      'goal_created',
    ),
  );
  return goal;
}

/** An agent works in a checkout of its own, and does not see that of the user: a path into it means the same there. */
const inWorktree = (prompt: string, { files }: Pick<World, 'files'>, { repository }: CreateRequest): string =>
  withWords(
    prompt,
    standingIn([
      [repository.pin.root, '.'],
      [files.own?.['home'] ?? '', '~'],
    ]),
  );

/** `OmkError` `REMOTE_NONE` before an agent is paid for what could not be delivered. */
async function needsRemote(world: World, vault: Vault, { options, repository: { pin } }: CreateRequest): Promise<void> {
  if (options.delivery?.policy === undefined) return;
  await world.git.withRemote({ vault, root: pin.root, remote: null, branch: pin.branch }, async () => undefined);
}

/** A ref keeps the tree as long as the goal. */
async function keepGiven(
  { clock }: Pick<World, 'clock'>,
  vault: Vault,
  goal: GoalId,
  parent: CommitId,
  { candidate, ...given }: NonNullable<CreateRequest['given']>,
): Promise<Given> {
  const ref = `refs/omk/goals/${goal}/given`;
  const at = Math.floor(clock.now() / 1000);
  await vault.commit({ tree: candidate, parent, message: `Given to be judged: ${given.name}`, ref, at });
  const snapshot = { candidate, salvage: candidate, ref, refused: [], ignored: [], special: [], overCap: [] };
  return { ...given, snapshot };
}

/** The first line that says something. */
export const titleOf = (prompt: string): string =>
  cleanLine(prompt.split('\n').find((line) => line.trim() !== '') ?? prompt, 72);

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function newGoalId({ clock }: World): GoalId {
  const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '');
  return `g-${day}-${[...clock.random(6)].map((byte) => ALPHABET[byte % 32]).join('')}`;
}
