import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Rewrites what a virtual environment in `dir` says of its own place: its scripts and its configuration. Other
 * programs find theirs by themselves.
 */
export async function relocate(dir: string, from: string, to: string): Promise<void> {
  const settings = join(dir, 'pyvenv.cfg');
  if (!existsSync(settings)) return;
  const scripts = await readdir(join(dir, 'bin'), { withFileTypes: true });
  // Links lead to the interpreter, which does not know about the environment.
  const files = scripts.filter((entry) => entry.isFile()).map(({ name }) => join(dir, 'bin', name));
  for (const file of [...files, settings]) {
    const content = await readFile(file);
    // A program that is no script cannot be changed and finds its place by itself.
    if (content.includes(0) || !content.includes(from)) continue;
    await writeFile(
      file,
      content.toString('latin1').replaceAll(Buffer.from(from).toString('latin1'), Buffer.from(to).toString('latin1')),
      'latin1',
    );
  }
}
