import { filesOf, holds, parseFact, type Fact } from '../../../domain/plan/fact.ts';
import type { RepoPath, TreeId } from '../../../domain/ids.ts';
import type { Facts } from '../../statement/facts.ts';
import type { Recorder } from '../report.ts';
import type { GitDoor, ListedEntry } from './door.ts';
import { readChecked } from './contract.ts';

/** What the log says of the facts of the goal is so in the trees that the verifier has. */
export async function checkToldFacts(
  { state, created }: Facts,
  trees: ReadonlyMap<TreeId, readonly ListedEntry[]>,
  door: GitDoor,
  to: Recorder,
): Promise<void> {
  const asked = created.options.facts ?? [];
  for (const [tree, told] of state.facts) {
    const entries = trees.get(tree);
    if (!entries) continue;
    for (const [index, text] of asked.entries()) {
      const fact = parseFact(text);
      const found = fact === null ? false : await isSo(fact, entries, door);
      to.check('E_FACT', found === told[index], `"${text}" is ${found ? 'so' : 'not so'} in ${tree}`);
    }
  }
}

async function isSo(fact: Fact, entries: readonly ListedEntry[], door: GitDoor): Promise<boolean> {
  const ids = new Map(entries.filter(({ mode }) => mode !== '160000').map(({ path, id }) => [path, id]));
  const files = filesOf(
    fact,
    entries.map(({ path }) => path),
  );
  const having = new Set<RepoPath>();
  for (const path of fact.kind === 'text' ? files : []) {
    const id = ids.get(path);
    const content = id === undefined ? null : await readChecked(door, id);
    if (fact.kind === 'text' && content && Buffer.from(content).includes(fact.text)) having.add(path);
  }
  return holds(fact, files, (path) => having.has(path));
}
