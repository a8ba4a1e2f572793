import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../../../domain/canonical.ts';
import { gatePath } from '../../sandbox/environment.ts';
import type { Access } from './network.ts';
import type { Build, Failed, Installed, ManifestReader, Plan, Planned, Planner, Shape, Step } from './plan.ts';
import { runStep } from './step.ts';
import type { RepoPath } from '../../../domain/ids.ts';

/** One command of an installation. */
interface Command {
  /** The command as people say it. */
  readonly said: string;
  readonly argv: readonly [string, ...string[]];
  /** Added to the environment of `access`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Without the user's credentials, whatever the layer is for: it runs code. */
  readonly bare?: boolean;
}

/** A package manager whose whole installation is a few commands. */
export interface Recipe extends Shape {
  /** Files whose content decides what is installed. */
  readonly decides: RegExp;
  /** More of the tree that decides it. */
  also?(files: ManifestReader): Promise<readonly string[]>;
  readonly tools: readonly string[];
  readonly startedByGates?: true;
  /** As in `Plan`. */
  readonly of?: Plan['of'];
  readonly needed?: true;
  /** Why there is nothing to install in this tree; null when there is. */
  absent(files: ManifestReader): Promise<Exclude<Planned, Plan> | null>;
  /** Where the tree has no lock file: which it is, and the command that makes it. */
  unlocked?(
    files: ManifestReader,
  ): Promise<{ readonly file: string; command(build: Build): Command | Promise<Command> } | null>;
  /** In order; the first that fails ends the installation. `dir` is the folder of the layer. */
  commands(build: Build, dir: string): readonly Command[] | Promise<readonly Command[]>;
  /** How the registry is reached. */
  access(build: Build, trust: Build['trust']): Access | Promise<Access>;
  /** Before the commands: null, or why nothing may be installed. */
  begin?(build: Build, dir: string): Promise<Failed | null>;
  /** Where a command failed: what a person can do about it that the command does not say. */
  hint?(build: Build): Promise<string | null>;
  /** Where a command failed: another way to the same. */
  instead?(build: Build, dir: string): Promise<Step>;
  /** After the commands; may still fail, and gives the folders besides `folder`. */
  finish?(build: Build, dir: string): Promise<Installed>;
  /** Whether programs of the base take part, and could write to what is installed: then no other base gets it. */
  runsOwn?(base: ManifestReader['base']): Promise<boolean>;
  /** As in `Plan`. */
  after?(before: Build['before']): Promise<Json>;
  /** `offline` where it depends on what the PATH of gates leads to. */
  offlineOn?(path: string): Readonly<Record<string, string>>;
  /** More for `env`, seen in the tree. */
  variables?(files: ManifestReader): Promise<Readonly<Record<string, string>>>;
}

/** The planner of a recipe. */
export const planned =
  (recipe: Recipe): Planner =>
  async (files, _, env = {}) => {
    const absent = await recipe.absent(files);
    if (absent !== null) return absent;
    const { manager, folder, place, pathPrefix, tools, startedByGates, of, needed } = recipe;
    const offline = recipe.offlineOn?.(gatePath(env)) ?? recipe.offline;
    const variables = { ...recipe.env, ...(await recipe.variables?.(files)) };
    const own = (await recipe.runsOwn?.(files.base)) ? [{ path: '', id: files.base.tree }] : [];
    const unlocked = (await recipe.unlocked?.(files)) ?? null;
    return {
      kind: 'plan',
      manager,
      folder,
      place,
      env: variables,
      pathPrefix,
      tools,
      ...(offline === undefined ? {} : { offline }),
      ...(startedByGates ? { startedByGates } : {}),
      ...(of === undefined ? {} : { of }),
      ...(needed ? { needed } : {}),
      ...(unlocked === null
        ? {}
        : {
            unlocked: {
              file: unlocked.file,
              resolve: async (build) => run(recipe, build, await unlocked.command(build)),
            },
          }),
      ...(recipe.after ? { after: recipe.after } : {}),
      inputs: [
        ...files.entries.filter(({ path }) => recipe.decides.test(path)).map(({ path, id }) => ({ path, id })),
        ...own,
        ...((await recipe.also?.(files)) ?? []),
      ],
      install: (build) => install(recipe, build),
    };
  };

async function install(recipe: Recipe, build: Build): Promise<Installed> {
  const dir = join(build.out, recipe.folder);
  await mkdir(dir, { recursive: true });
  const refused = await recipe.begin?.(build, dir);
  if (refused) return refused;
  for (const command of await recipe.commands(build, dir)) {
    const done = await run(recipe, build, command);
    if (done.kind === 'done') continue;
    const other = (await recipe.instead?.(build, dir)) ?? done;
    if (other.kind === 'failed') return done;
    break;
  }
  return (await recipe.finish?.(build, dir)) ?? { kind: 'done', nested: [] };
}

async function run(recipe: Recipe, build: Build, { said, argv, env, bare }: Command): Promise<Step> {
  const access = await recipe.access(build, bare ? 'candidate' : build.trust);
  const step = await runStep(build, said, argv, { ...access, env: { ...access.env, ...env } });
  const hint = step.kind === 'failed' ? ((await recipe.hint?.(build)) ?? null) : null;
  return step.kind === 'done' || hint === null ? step : { ...step, detail: `${step.detail}; ${hint}` };
}

/** For `absent`: there is nothing here for this manager. */
export const none = (why: string | null, declared = false): Extract<Planned, { kind: 'none' }> => ({
  kind: 'none',
  why,
  declared,
});

export const hasFile = (files: ManifestReader, path: RepoPath): boolean =>
  files.entries.some((entry) => entry.path === path);
