import { OmkError } from '../../domain/error.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { RepoPath } from '../../domain/ids.ts';
import type { GoalId } from '../../domain/ids.ts';
import { acceptedChecks } from '../../domain/held-out/evidence.ts';
import { approvalOf, wrongApproval, wrongRejection } from '../../domain/planner/approval.ts';
import type { PlanDocument } from '../../domain/plan/document.ts';
import { documentOfPlan } from '../../domain/planner/to-document.ts';
import { wrongEdit } from '../../domain/transition/admit-planner.ts';
import { checkGates, type GivenPlan } from './given-plan.ts';
import { unseal } from '../held-out/unseal.ts';
import { maskText } from '../mask-text.ts';
import { Session } from '../session.ts';
import type { World } from '../world.ts';

/** A file that an oracle wrote. `wrong`: of the wrong solution; its text is null where that takes a file away. */
export interface WrittenCheck {
  readonly path: RepoPath;
  readonly is: 'seen' | 'hidden' | 'wrong';
  readonly text: string | null;
}

/** `omk goal plan --approve`: names the plan and the checks that stand now. */
export async function approvePlan(world: World, goal: GoalId): Promise<GoalState> {
  const session = await Session.open(world, goal);
  const data = approvalOf(session.state);
  const waits = session.state.created?.options.approvePlan === true;
  const nothing = data.commitment === undefined && data.plan === undefined && !waits;
  const refusal = nothing ? 'no session made a plan or wrote checks that hold' : wrongApproval(session.state, data);
  if (refusal !== null) throw notShown(goal, 'approve', refusal);
  await session.append({ type: 'plan.approved', data });
  return session.state;
}

/** `omk goal plan --reject`: other checks are written, and work that was judged by these begins again. */
export async function rejectPlan(world: World, goal: GoalId, why: string): Promise<GoalState> {
  const session = await Session.open(world, goal);
  const refusal = wrongRejection(session.state);
  if (refusal !== null) throw notShown(goal, 'refuse', refusal);
  await session.append({ type: 'plan.rejected', data: { why: await maskText(world, why) } });
  return session.state;
}

/** `omk goal plan --edit`: a person's plan takes the place of what stands, before the work. `OmkError` `PLAN_FROZEN`. */
export async function editPlan(world: World, goal: GoalId, plan: GivenPlan): Promise<GoalState> {
  const session = await Session.open(world, goal);
  const { document, sha256 } = plan;
  const refusal = wrongEdit(session.state, { document, sha256 });
  if (refusal !== null)
    throw new OmkError(
      'PLAN_FROZEN',
      `The plan cannot be edited: ${refusal}`,
      `omk goal plan --reject "<why>" ${goal}`,
    );
  if (plan.files.length > 0)
    throw new OmkError('PLAN_REFUSED', 'A plan that is edited brings no files of tests', 'a new omk run --plan');
  checkGates(plan, session.state.policy?.gates ?? []);
  await session.append({ type: 'plan.edited', data: { document, sha256 } });
  // Who waits for a person's word has it: nobody approves what they wrote. Checks of a session are read on their own.
  const approval = approvalOf(session.state);
  if (session.state.created?.options.approvePlan === true && approval.commitment === undefined)
    await session.append({ type: 'plan.approved', data: approval });
  return session.state;
}

/** The plan of a goal as a document; null where there is none yet. */
export const documentOf = async (world: World, goal: GoalId): Promise<PlanDocument | null> =>
  documentOfPlan((await Session.open(world, goal)).state);

const notShown = (goal: GoalId, what: string, why: string): OmkError =>
  new OmkError('PLAN_NOT_SHOWN', `There is nothing to ${what}: ${why}`, `omk goal show ${goal}`);

/** Every file that the checks of a goal consist of, the hidden ones too: for its person, and never for an agent. */
export async function writtenChecks(world: World, goal: GoalId): Promise<readonly WrittenCheck[]> {
  const session = await Session.open(world, goal);
  const checks = acceptedChecks(session.state)?.checks;
  if (!checks) throw notShown(goal, 'show', 'no session wrote checks that hold');
  const { files, wrong } = session.state.revealed ?? (await unseal({ world, session }));
  const seen = new Set((checks.visible ?? []).map(({ path }) => path));
  const all = [
    ...files.map(({ path, blob }) => ({ path, blob, is: seen.has(path) ? ('seen' as const) : ('hidden' as const) })),
    ...wrong.map(({ path, blob }) => ({ path, blob, is: 'wrong' as const })),
  ];
  return Promise.all(
    all.map(async ({ path, blob, is }) => {
      const content = blob && (await world.store.getBlob(blob.sha256));
      return { path, is, text: content ? Buffer.from(content).toString('utf8') : null };
    }),
  );
}
