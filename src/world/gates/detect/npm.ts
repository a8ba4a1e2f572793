import { declaredManager, nodeManager } from '../layers/node/manager.ts';
import { scriptsOf } from '../package-json.ts';
import type { TreeFiles } from '../tree-files.ts';
import { packageInputs, workspaceFolders } from './node-workspace.ts';
import { slug } from './packages.ts';
import type { Detector, Proposal } from './port.ts';

const SCRIPTS = [
  ['test', 'test'],
  ['typecheck', 'command'],
  ['lint', 'command'],
] as const;

/** What `npm init` writes; it fails always and tests nothing. */
const PLACEHOLDER = /no test specified/;
/** A script of the root that only runs those of the packages, which have gates of their own. */
const DELEGATES =
  /(?:^|\s)(?:--workspaces|-ws|-r|--recursive|workspaces?\s+(?:run|foreach)|--filter\b\S*)(?:\s|$|=)|\b(?:turbo|nx|lerna|wsrun)\b/;

export const npm: Detector = {
  name: 'npm',
  async detect(files) {
    const text = await files.text('package.json');
    if (text === null) return [];
    const scripts = scriptsOf(text);
    const manager = await managerOf(files, text);
    const packages = await packageGates(files, manager);
    const own = SCRIPTS.flatMap(([name, kind]): Proposal[] => {
      const script = scripts[name];
      if (script === undefined || !tests(script) || (name === 'test' && packages.length > 0 && DELEGATES.test(script)))
        return [];
      return [
        {
          id: `${manager}-${name}`,
          argv: argvOf(manager, name),
          kind,
          because: `package.json has the script "${name}"`,
        },
      ];
    });
    return [...own, ...packages];
  },
};

/** A gate for the tests of each package of a workspace, in its folder. */
async function packageGates(files: TreeFiles, manager: string): Promise<readonly Proposal[]> {
  const folders = await workspaceFolders(files);
  const inputs = await packageInputs(files, folders);
  const found = await Promise.all(
    folders.map(async (cwd): Promise<Proposal[]> => {
      const script = scriptsOf((await files.text(`${cwd}/package.json`)) ?? '')['test'];
      if (script === undefined || !tests(script)) return [];
      return [
        {
          id: `${manager}-test-${slug(cwd)}`,
          argv: argvOf(manager, 'test'),
          kind: 'test',
          cwd,
          ...inputs(cwd),
          because: `${cwd}/package.json has the script "test"`,
        },
      ];
    }),
  );
  return found.flat();
}

const tests = (script: string): boolean => script.trim() !== '' && !PLACEHOLDER.test(script);

/** `bun test` is a runner of its own. */
const argvOf = (manager: string, name: string): Proposal['argv'] =>
  name === 'test' && manager !== 'bun' ? [manager, 'test'] : [manager, 'run', name];

async function managerOf(files: TreeFiles, packageJson: string): Promise<string> {
  const paths = (await files.list()).map((entry) => entry.path);
  return declaredManager(packageJson) ?? nodeManager(packageJson, paths).manager;
}
