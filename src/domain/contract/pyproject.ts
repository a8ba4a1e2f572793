import type { ManifestContract } from './manifest.ts';

/** Tables that say what the project is, not how it is judged. `entry-points` is not one of them: pytest loads plugins from there. */
const OWN = /^\s*\[(project|project\.optional-dependencies|project\.urls|project\.scripts|project\.gui-scripts|dependency-groups)\]\s*(#.*)?$/;
const HEADER = /^\s*\[/;
/** Inside such a table, a key that could still be one of the others. */
const SUSPECT = /entry-points|\\u|"""|'''/i;

/** A change outside of those tables brings back the whole file of the base: without a TOML parser here, that much is sure. */
export const pyprojectContract = (base: string, candidate: string): ManifestContract =>
  judgingPart(base) === judgingPart(candidate) ? { kind: 'same' } : { kind: 'restore' };

/** The lines that are not surely the project's own. */
function judgingPart(text: string): string {
  let own = false;
  const kept: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    // An array in a table may begin a line with a bracket too; then its lines count as judging, which is the safe side.
    if (HEADER.test(line)) own = OWN.test(line);
    if (line.trim() !== '' && (!own || SUSPECT.test(line))) kept.push(line.trim());
  }
  return kept.join('\n');
}
