import { nodeManager } from '../layers/node/manager.ts';
import { scriptsOf } from '../package-json.ts';
import type { TreeFiles } from '../tree-files.ts';
import type { Detector, Proposal } from './port.ts';

const SCRIPTS = [
  ['test', 'test'],
  ['typecheck', 'command'],
  ['lint', 'command'],
] as const;

/** What `npm init` writes; it fails always and tests nothing. */
const PLACEHOLDER = /no test specified/;

export const npm: Detector = {
  name: 'npm',
  async detect(files) {
    const text = await files.text('package.json');
    if (text === null) return [];
    const scripts = scriptsOf(text);
    const manager = await managerOf(files, text);
    return SCRIPTS.flatMap(([name, kind]): Proposal[] => {
      const script = scripts[name];
      if (script === undefined || script.trim() === '' || PLACEHOLDER.test(script)) return [];
      return [
        {
          id: `${manager}-${name}`,
          // `bun test` is a runner of its own.
          argv: name === 'test' && manager !== 'bun' ? [manager, 'test'] : [manager, 'run', name],
          kind,
          because: `package.json has the script "${name}"`,
        },
      ];
    });
  },
};

async function managerOf(files: TreeFiles, packageJson: string): Promise<string> {
  const declared = /"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@/.exec(packageJson)?.[1];
  return declared ?? nodeManager(packageJson, (await files.list()).map((entry) => entry.path))?.manager ?? 'npm';
}
