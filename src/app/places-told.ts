import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { standingIn, withWords } from '../domain/text/standing.ts';
import { unpacked } from '../world/cassette/open.ts';
import { homeOf } from '../world/sandbox/home.ts';
import { environment } from './here.ts';
import { stateDir } from './paths.ts';

/** Files of a bundle that name a folder of this machine all the same, such as a source that somebody wrote it into. */
export async function placesTold(bundle: string, root: string): Promise<readonly string[]> {
  const places = standingIn([root, stateDir(environment()), homeOf(environment()) ?? ''].map((path) => [path, '\0']));
  const entries = await readdir(bundle, { recursive: true, withFileTypes: true });
  const told: string[] = [];
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    const text = Buffer.from(unpacked(content) ?? content).toString('utf8');
    if (withWords(text, places) !== text) told.push(path.slice(bundle.length + 1));
  }
  return told.sort();
}
