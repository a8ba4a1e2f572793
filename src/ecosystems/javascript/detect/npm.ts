import { declaredManager, nodeManager } from '../node/manager.ts';
import { scriptsOf } from '../sources/scripts/in-manifest.ts';
import { withoutAudit } from './audit.ts';
import type { TreeFiles } from '../../../world/gates/tree-files.ts';
import { ownBuild } from './own-build.ts';
import { DELEGATES, preparation } from './prepare.ts';
import { packageInputs, workspaceFolders } from './workspace.ts';
import { slug } from '../../../world/gates/detect/packages.ts';
import type { Detector, Proposal } from '../../../world/gates/detect/port.ts';
import type { RepoPath } from '../../../domain/ids.ts';

const SCRIPTS = [
  ['test', 'test'],
  ['typecheck', 'command'],
  ['lint', 'command'],
] as const;

/** What `npm init` writes; it fails always and tests nothing. */
const PLACEHOLDER = /no test specified/;
export const npm: Detector = {
  name: 'npm',
  looksFor: 'a test script in package.json',
  async detect(files) {
    const text = await files.text('package.json');
    if (text === null) return [];
    const scripts = scriptsOf(text);
    const manager = await managerOf(files, text);
    const packages = await packageGates(files, manager, scripts);
    const built = await ownBuild(files, text, scripts);
    const own = await Promise.all(
      SCRIPTS.map(async ([name, kind]): Promise<readonly Proposal[]> => {
        const script = scripts[name];
        if (script === undefined || !tests(script)) return [];
        if (name === 'test' && packages.length > 0 && DELEGATES.test(script)) return [];
        return [{ id: `${manager}-${name}`, kind, ...ownGate(manager, name, scripts, await built(name)) }];
      }),
    );
    return [...own.flat(), ...packages];
  },
};

/** The script as a person starts it, after what `prepare` builds for it, and without what asks a registry afterwards. */
function ownGate(
  manager: string,
  name: string,
  scripts: Readonly<Record<string, string>>,
  built: string | null,
): Pick<Proposal, 'argv' | 'because'> {
  const plain = argvOf(manager, name);
  const alone = name === 'test' && manager === 'npm' ? withoutAudit(scripts) : null;
  const because = [
    `package.json has the script "${name}"`,
    ...(built === null ? [] : ['it needs what "prepare" builds']),
    ...(alone === null ? [] : ['its "posttest" asks a registry and is left out']),
  ].join('; ');
  if (built === null && alone === null) return { argv: plain, because };
  const first = built === null ? '' : `PATH="$PWD/node_modules/.bin:$PATH" && ${built} && `;
  return { argv: ['sh', '-c', `${first}${alone ?? plain.join(' ')}`], because };
}

/** A gate for the tests of each package of a workspace, in its folder. */
async function packageGates(
  files: TreeFiles,
  manager: string,
  rootScripts: Readonly<Record<string, string>>,
): Promise<readonly Proposal[]> {
  const folders = await workspaceFolders(files);
  const inputs = await packageInputs(files, folders);
  const prepared = await preparation(files, rootScripts);
  const found = await Promise.all(
    folders.map(async (cwd): Promise<Proposal[]> => {
      const text = (await files.text(`${cwd}/package.json`)) ?? '';
      const script = scriptsOf(text)['test'];
      if (script === undefined || !tests(script)) return [];
      const before = isPlain(cwd) ? prepared(nameIn(text) ?? `./${cwd}`) : null;
      const gate = { id: `${manager}-test-${slug(cwd)}`, kind: 'test', ...inputs(cwd) } as const;
      const because = `${cwd}/package.json has the script "test"`;
      const own = argvOf(manager, 'test');
      if (before === null) return [{ ...gate, argv: own, cwd, because }];
      const line = `PATH="$PWD/node_modules/.bin:$PATH" && ${before} && cd ${cwd} && ${own.join(' ')}`;
      return [{ ...gate, argv: ['sh', '-c', line], because: `${because}, and the root builds what it needs first` }];
    }),
  );
  return found.flat();
}

/** Names of packages and folders become part of a command line. */
const isPlain = (path: RepoPath): boolean => /^[\w@/.-]+$/.test(path);

function nameIn(packageJson: string): string | null {
  const name = /"name"\s*:\s*"([^"]*)"/.exec(packageJson)?.[1] ?? '';
  return name !== '' && isPlain(name) ? name : null;
}

const tests = (script: string): boolean => script.trim() !== '' && !PLACEHOLDER.test(script);

/** `bun test` is a runner of its own. */
const argvOf = (manager: string, name: string): Proposal['argv'] =>
  name === 'test' && manager !== 'bun' ? [manager, 'test'] : [manager, 'run', name];

async function managerOf(files: TreeFiles, packageJson: string): Promise<string> {
  const paths = (await files.list()).map((entry) => entry.path);
  return declaredManager(packageJson) ?? nodeManager(packageJson, paths).manager;
}
