import { filesOf, holds, parseFact, type Fact } from '../../domain/plan/fact.ts';
import type { RepoPath, TreeId } from '../../domain/ids.ts';
import type { Vault } from '../../world/git/port.ts';
import { created, type Context } from '../context.ts';

interface Needs {
  readonly session: Pick<Context['session'], 'state' | 'append'>;
  readonly vault: Pick<Vault, 'listTree' | 'readFiles'>;
}

/** Looks up every fact of the goal in a tree. No code of the tree is run. */
export async function readFacts({ session, vault }: Needs, tree: TreeId): Promise<void> {
  const { facts = [] } = created(session.state).options;
  const paths = (await vault.listTree(tree)).map(({ path }) => path);
  const results: boolean[] = [];
  for (const text of facts) {
    const fact = parseFact(text);
    results.push(fact !== null && (await isSo(fact, vault, tree, paths)));
  }
  await session.append({ type: 'facts.read', data: { tree, holds: results } });
}

async function isSo(fact: Fact, vault: Needs['vault'], tree: TreeId, paths: readonly RepoPath[]): Promise<boolean> {
  const files = filesOf(fact, paths);
  const having = fact.kind === 'text' ? await filesWith(fact.text, vault, tree, files) : new Set<RepoPath>();
  return holds(fact, files, (path) => having.has(path));
}

async function filesWith(
  text: string,
  vault: Needs['vault'],
  tree: TreeId,
  files: readonly RepoPath[],
): Promise<ReadonlySet<RepoPath>> {
  const found = new Set<RepoPath>();
  for await (const { path, content } of vault.readFiles(tree, files)) if (content.includes(text)) found.add(path);
  return found;
}
