import { OmkError } from '../../domain/error.ts';
import type { Dependencies } from '../../domain/goal/event.ts';
import { isEmpty } from '../../domain/gates/beside-tree.ts';
import type { Intent } from '../../domain/goal/intent.ts';
import { resolvePolicy } from '../commands/resolve-policy.ts';
import { created, suppliesFor, type Context } from '../context.ts';
import { endGoal } from '../publish/end.ts';
import { readChecks } from '../oracle/read-checks.ts';
import { readPlan } from '../planner/read-plan.ts';
import { unseal } from '../held-out/unseal.ts';
import type { MadeLock } from '../../world/gates/port.ts';
import type { World } from '../world.ts';
import { examine } from './examine.ts';
import { hollow } from './hollow.ts';
import { integrate } from './integrate.ts';
import { land } from './land.ts';
import { merge } from './merge.ts';
import { observe } from './observe.ts';
import { layTests } from './lay-tests.ts';
import { readFacts } from './read-facts.ts';
import { readProposed } from './read-proposal.ts';
import { runGate } from './run-gate.ts';
import { runTurn } from './run-turn.ts';
import { startAttempt } from './start-attempt.ts';
import { wait } from './wait.ts';
import { takeSnapshot } from './take-snapshot.ts';

/** Does one intent through the doors and records what happened. Doing it again after a crash is safe. */
export async function perform(context: Context, intent: Intent): Promise<void> {
  const { world, session, vault, notify } = context;
  const { repository, options } = created(session.state);
  switch (intent.kind) {
    case 'record':
      return intent.event.type === 'goal.ended' ? endGoal(context, intent.event.data) : session.append(intent.event);
    case 'resolve_policy':
      return session.append(...(await resolvePolicy(world, vault, repository.tree, options.checks)));
    case 'prepare_dependencies': {
      notify({ kind: 'step', text: 'preparing dependencies' });
      const layer = await world.gates.layer(vault, repository.tree, repository.tree, await suppliesFor(context));
      if (layer.kind === 'failed')
        throw new OmkError(
          'DEPENDENCIES_FAILED',
          `The dependencies of the base cannot be installed: ` +
            `${layer.detail}` +
            `${layer.tail.trim() === '' ? '' : `\n${layer.tail.trim().split('\n').slice(-6).join('\n')}`}`,
          layer.tail.trim() === ''
            ? 'mend that, then omk goal resume'
            : 'install them in your checkout to see why, then omk goal resume',
          { exit: 4 },
        );
      const data =
        layer.kind === 'none'
          ? { layer: null, detail: layer.why, ...(layer.lacking ? { lacking: layer.lacking } : {}) }
          : {
              layer: layer.layer.digest,
              detail: layer.layer.kind,
              ...(await kept(world, layer.layer.locks ?? [])),
            };
      const { told } = await suppliesFor(context);
      return session.append({
        type: 'dependencies.prepared',
        data: { ...data, ...(isEmpty(told) ? {} : { beside: told }) },
      });
    }
    case 'run_gate':
      return runGate(context, intent.run);
    case 'start_attempt':
      return startAttempt(context, intent);
    case 'run_turn':
      return runTurn(context, intent.attempt, intent.turn, intent.reason);
    case 'wait':
      return wait(context, intent);
    case 'take_snapshot':
      return takeSnapshot(context, intent.attempt, intent.turn);
    case 'examine':
      return examine(context, intent.candidate);
    case 'read_facts':
      return readFacts(context, intent.tree);
    case 'observe':
      return observe(context, intent.run);
    case 'hollow':
      return hollow(context, intent.candidate);
    case 'read_plan':
      return readPlan(context, intent.attempt, intent.turn);
    case 'read_checks':
      return readChecks(context, intent.attempt, intent.turn);
    case 'reveal':
      return session.append({ type: 'held_out.revealed', data: await unseal(context) });
    case 'integrate':
      return integrate(context, intent.candidate);
    case 'read_proposal':
      return readProposed(context, intent.attempt, intent.turn);
    case 'lay_tests':
      return layTests(context, intent.start, intent.candidate);
    case 'merge':
      return merge(context, intent.of, intent.behind);
    case 'land':
      return land(context, intent.links);
  }
}

/** Lock files that were made for a base without one, so that everybody can see what was installed. */
async function kept({ store }: World, locks: readonly MadeLock[]): Promise<Pick<Dependencies, 'locks'>> {
  if (locks.length === 0) return {};
  const all = locks.map(async ({ path, text }) => ({ path, blob: await store.putBlob(Buffer.from(text)) }));
  return { locks: await Promise.all(all) };
}
