import { join } from 'node:path';
import { pipAccess } from '../pip/access.ts';
import { makeVenv, REPRODUCIBLE } from '../pip/venv.ts';
import type { Installed, Planner } from '../../../world/gates/layers/plan.ts';
import { relocate } from '../../../world/gates/layers/relocate.ts';
import { none } from '../../../world/gates/layers/recipe.ts';
import { runStep } from '../../../world/gates/layers/step.ts';
import { BUILDER } from './names.ts';
import { projectsOf } from './projects.ts';

/** What the base's `[build-system]` requires, in an environment of its own that no gate sees. */
export const planPythonBuilder: Planner = async ({ base }) => {
  const projects = await projectsOf(base);
  if (projects.length === 0) return none(null);
  const requires = [...new Set(projects.flatMap((project) => project.requires))].sort();
  return {
    kind: 'plan',
    manager: BUILDER,
    folder: 'builder',
    place: 'own',
    use: 'build',
    of: 'base',
    env: {},
    pathPrefix: [],
    tools: ['python3'],
    inputs: { requires },
    async install(build): Promise<Installed> {
      const dir = join(build.out, 'builder');
      const made = await makeVenv(build, dir, true);
      if (made.kind === 'failed') return made;
      const access = pipAccess(build.env, build.trust);
      const env = { ...access.env, ...REPRODUCIBLE, PIP_CACHE_DIR: build.downloads };
      const pip = [
        join(dir, 'bin', 'python'),
        '-m',
        'pip',
        'install',
        '--no-input',
        '--no-warn-script-location',
      ] as const;
      const said = `pip install ${requires.join(' ')}`;
      const done = await runStep(build, said, [...pip, ...requires], { ...access, env });
      if (done.kind === 'failed') return done;
      await relocate(dir, dir, join(build.final, 'builder'));
      return { kind: 'done', nested: [] };
    },
  };
};
