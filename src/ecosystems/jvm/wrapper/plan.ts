import { join } from 'node:path';
import { copyFolder } from '../../../world/gates/layers/copy.ts';
import type { Planner } from '../../../world/gates/layers/plan.ts';
import { none } from '../../../world/gates/layers/recipe.ts';
import { archiveIn, fetchedBy, WRAPPERS, type Wrapper } from './find.ts';

/**
 * The build tool that the wrapper of the base names, as the user's machine has it: gates and other layers find it first on their
 * PATH. A wrapper itself would fetch it.
 */
const planWrapper =
  (wrapper: Wrapper): Planner =>
  async ({ base }, _tree, env = {}) => {
    const properties = base.entries.find(({ path }) => path === wrapper.properties);
    const archive = archiveIn((await base.text(wrapper.properties)) ?? '');
    if (properties === undefined || archive === null) return none(null);
    const from = fetchedBy(wrapper, archive, env);
    if (from === null)
      return none(
        `${archive}, which ${wrapper.properties} names, is not on this machine: run ${wrapper.fetch} once`,
        true,
      );
    const folder = `${wrapper.program}-wrapped`;
    return {
      kind: 'plan',
      manager: archive,
      folder,
      place: 'own',
      programs: true,
      env: {},
      pathPrefix: ['$DIR/bin'],
      tools: [],
      inputs: [{ path: wrapper.properties, id: properties.id, from }],
      async install({ out, path }) {
        await copyFolder(from, join(out, folder), out, path);
        return { kind: 'done', nested: [] };
      },
    };
  };

export const WRAPPER_PLANNERS: readonly Planner[] = WRAPPERS.map(planWrapper);
