import type { GoalOptions } from '../../domain/goal/event.ts';
import { endReady } from '../../domain/testing/ready.ts';
import { fakeContext } from './fake-context.ts';
import { memoryRemote } from './memory-remote.ts';
import { memoryVault } from './memory-vault.ts';

/** A ready goal whose proof verifies unless `proof.refusal` says otherwise, and a remote that has its result but no branch of it. */
export async function provenGoal(options: Partial<GoalOptions> = {}) {
  const proof: { refusal: string | null } = { refusal: null };
  const asked: string[] = [];
  const origin = memoryRemote({ asked });
  const written: string[] = [];
  const vault = { ...memoryVault(), commitFiles: async () => 'd'.repeat(40) };
  const [, ...events] = endReady();
  const faked = await fakeContext({
    options,
    events,
    vault,
    doors: () => ({
      git: { withRemote: async (_: object, act: (remote: object) => unknown) => act(origin.remote) },
      forge: { at: async () => origin.forge },
      proofs: {
        build: async () => new Map(),
        refusal: async () => proof.refusal,
        keyid: async () => 'k',
        isThere: async () => true,
      },
      files: { writeGoalFolder: async (goal: string) => void written.push(goal) },
    }),
  });
  const { integrated, created } = faked.session.state;
  if (!integrated || !created) throw new TypeError('the goal is not ready');
  origin.commits.set(integrated.commit, { tree: integrated.tree, parents: [created.repository.commit] });
  return { ...faked, asked, origin, proof, written, result: integrated, world: faked.context.world };
}
