import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { missing } from '../objects/resolve.ts';
import { readObjects } from '../objects/read.ts';
import type { RawTree } from '../objects/tree.ts';
import { toRaw, type RawPath } from '../../../domain/git/path-bytes.ts';
import { rawBytes } from '../paths.ts';
import type { GitCall } from '../run.ts';
import { tryGit } from '../run.ts';
import { withTemporary } from '../temporary.ts';
import { OmkError } from '../../../domain/error.ts';

/** A `.gitignore` file of the base. */
export interface Rules {
  readonly path: RawPath;
  readonly content: Buffer;
}

export async function readRules(call: GitCall, base: RawTree): Promise<Rules[]> {
  const files = [...base].filter(
    ([path, { mode }]) => mode.startsWith('100') && (path === '.gitignore' || path.endsWith('/.gitignore')),
  );
  const contents = await readObjects(
    call,
    files.map(([, { id }]) => id),
  );
  return files.map(([path], index) => {
    const content = contents[index]?.content;
    if (content === undefined) throw missing('A .gitignore file of the base');
    return { path, content };
  });
}

/**
 * Which of `paths` the base's rules ignore (trust rule T8): git itself judges, in a work tree that holds nothing but
 * the base's `.gitignore` files, and by what the user ignores in every repository, so neither the worktree's
 * rules nor its index nor its links have a say.
 * A path with a `/` at its end is judged as a folder.
 */
export async function findIgnored(
  call: GitCall,
  temporary: string,
  { rules, personal }: { readonly rules: readonly Rules[]; readonly personal: string },
  paths: readonly RawPath[],
): Promise<Set<RawPath>> {
  if ((rules.length === 0 && personal === '') || paths.length === 0) return new Set();
  return withTemporary(temporary, async (dir) => {
    const workTree = join(dir, 'rules');
    mkdirSync(workTree);
    const excludes = join(dir, 'personal');
    writeFileSync(excludes, personal);
    for (const { path, content } of rules) {
      const file = `${toRaw(workTree)}/${path}`;
      mkdirSync(rawBytes(dirname(file)), { recursive: true });
      writeFileSync(rawBytes(file), content);
    }
    const output = await tryGit(['check-ignore', '--no-index', '-z', '--stdin'], {
      ...call,
      workTree,
      config: [...(call.config ?? []), ['core.excludesFile', excludes]],
      indexFile: join(dir, 'index'),
      // This command refuses literal pathspecs; `./` in front keeps a name that starts with a colon a name.
      env: { GIT_LITERAL_PATHSPECS: '0' },
      input: Buffer.from(paths.map((path) => `./${path}\0`).join(''), 'latin1'),
    });
    // 1 says that none is ignored.
    if (output.code !== 0 && output.code !== 1) {
      throw new OmkError(
        'GIT_FAILED',
        `git check-ignore failed: ${output.stderr.trim().slice(0, 400)}`,
        'Look at the .gitignore files of the base commit.',
        { exit: 6 },
      );
    }
    return new Set(
      output.stdout
        .toString('latin1')
        .split('\0')
        .flatMap((path) => (path === '' ? [] : [path.slice(2)])),
    );
  });
}
