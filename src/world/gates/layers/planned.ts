import { LAYERS } from '../../../ecosystems/layers.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import { projectFolders } from '../detect/folders.ts';
import { PLANNERS } from './all.ts';
import { planBelow, readerBelow } from './below.ts';
import type { ManifestReader, Planned, Planner } from './plan.ts';

/** By language, what projects in folders are asked for; what is declared for the tree is asked for once. */
const BY_LANGUAGE: readonly (readonly Planner[])[] = Object.values(LAYERS);

/** What each package manager has to install: for the tree, and where it is none itself, for the projects in its folders. */
export async function planAll(
  files: ManifestReader,
  tree: TreeId,
  env: NodeJS.ProcessEnv,
): Promise<readonly Planned[]> {
  const asked = (planners: readonly Planner[], of: ManifestReader): Promise<readonly Planned[]> =>
    Promise.all(planners.map((plan) => plan(of, tree, env)));
  const whole = programsFirst(await asked(PLANNERS, files));
  const folders = projectFolders(files.base.entries.map(({ path }) => path));
  if (folders.length === 0) return whole;
  const below = BY_LANGUAGE.map(async (planners) => {
    if ((await asked(planners, files)).some(({ kind }) => kind !== 'none')) return [];
    const each = await Promise.all(
      folders.map(async (folder) => ({ folder, planned: await asked(planners, readerBelow(files, folder)) })),
    );
    return ofProjects(each);
  });
  return [...whole, ...(await Promise.all(below)).flat()];
}

/** Programs that others are started with come first: on the PATH of gates, nothing that is installed goes before them. */
const programsFirst = (planned: readonly Planned[]): readonly Planned[] =>
  [...planned].sort((a, b) => Number(isPrograms(b)) - Number(isPrograms(a)));

const isPrograms = (planned: Planned): boolean => planned.kind === 'plan' && planned.programs === true;

interface Project {
  readonly folder: RepoPath;
  readonly planned: readonly Planned[];
}

/** What lies beside the checkout is there once for all gates: the first project has it. */
function ofProjects(projects: readonly Project[]): readonly Planned[] {
  const first = projects.find(({ planned }) => planned.some(liesBeside));
  return projects.flatMap(({ folder, planned }): readonly Planned[] =>
    first !== undefined && first.folder !== folder && planned.some(liesBeside)
      ? [
          {
            kind: 'none',
            why: `without what ${folder} needs: ${first.folder} has it installed`,
            declared: true,
            told: true,
          },
        ]
      : planned.map((each) => placedIn(each, folder)),
  );
}

/** A package manager itself, which others do for, is none of it. */
const liesBeside = (planned: Planned): boolean =>
  planned.kind === 'plan' && planned.place !== 'tree' && planned.unless === undefined;

function placedIn(planned: Planned, folder: RepoPath): Planned {
  if (planned.kind === 'plan') return planBelow(planned, folder);
  if (planned.kind === 'failed') return { ...planned, detail: `${folder}: ${planned.detail}` };
  return planned.why === null ? planned : { ...planned, why: `${folder}: ${planned.why}` };
}
