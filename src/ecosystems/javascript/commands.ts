import { posix } from 'node:path';
import { isScript } from '../../domain/contract/languages.ts';
import type { RepoPath } from '../../domain/ids.ts';
import type { Commands } from '../../world/gates/command/port.ts';
import { corepackOf } from './node/corepack.ts';

const NODE = ['node', '--version'] as const;

export const javascript: Commands = {
  interpreters: /^(?:node|bun|deno|tsx|ts-node)$/,
  loadedBy,
  testWords: /\b(?:jest|mocha|ava)\b/i,
  versions: { node: NODE, npm: NODE, npx: NODE, pnpm: NODE, yarn: NODE, vitest: NODE },
  // Asked itself, it would fetch what it stands for.
  asks(program, path) {
    const corepack = corepackOf(program, path);
    return corepack === null ? null : { argv: ['node', corepack, '--version'], said: 'corepack ' };
  },
};

/** What a script loads from its own folder of tooling, with or without an extension; elsewhere lies what is tested. */
function loadedBy(path: RepoPath, text: string): readonly RepoPath[] {
  if (!/\.[cm]?[jt]s$/.test(path)) return [];
  const folder = posix.dirname(path);
  const top = `${path.split('/')[0] ?? ''}/`;
  return [...text.matchAll(/["'`](\.{1,2}\/[\w@./-]+)["'`]/g)].flatMap(([, named = '']) => {
    const file = posix.join(folder, named);
    if (!file.startsWith(top)) return [];
    return isScript(file) ? [file] : [`${file}.js`, `${file}.cjs`, `${file}.mjs`, `${file}.ts`, `${file}/index.js`];
  });
}
