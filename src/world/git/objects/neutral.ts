import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '../run.ts';
import type { ObjectFormat } from './id.ts';

/** Attributes that outrank every `.gitattributes` in a tree (trust rule T9): bytes stay as they are, and no driver is named. */
const ATTRIBUTES =
  '* -text -ident -filter -working-tree-encoding !eol !crlf !diff !merge !whitespace !conflict-marker-size !export-subst\n';

async function initAt(dir: string, bare: boolean, format: ObjectFormat, branch: string): Promise<string> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  await git(
    [
      'init',
      '--quiet',
      ...(bare ? ['--bare'] : []),
      '--template=',
      `--object-format=${format}`,
      `--initial-branch=${branch}`,
      dir,
    ],
    { cwd: dir },
  );
  const gitDir = bare ? dir : join(dir, '.git');
  await mkdir(join(gitDir, 'info'), { recursive: true });
  await writeFile(join(gitDir, 'info', 'attributes'), ATTRIBUTES);
  return gitDir;
}

/** A bare repository without templates, hooks or settings of anyone. */
export async function initBare(dir: string, format: ObjectFormat): Promise<string> {
  return initAt(dir, true, format, 'omk');
}

/** `dir/.git`, on a branch `omk` without commits. Returns the git directory. */
export async function initWorktree(dir: string, format: ObjectFormat): Promise<string> {
  return initAt(dir, false, format, 'omk');
}
