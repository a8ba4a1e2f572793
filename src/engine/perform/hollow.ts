import { classify } from '../../domain/contract/classify.ts';
import type { OverlayEdit } from '../../domain/gates/evidence.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import type { RepoPath, TreeId } from '../../domain/ids.ts';
import type { Hollowed } from '../../domain/own-tests/hollow.ts';
import type { Vault } from '../../world/git/port.ts';
import { created, type Context } from '../context.ts';

const NAMED = 50;

/** The candidate without what it does: its functions emptied, or where it has none, all but its tests taken back. */
export async function hollow({ world, session, vault }: Context, candidate: TreeId): Promise<void> {
  const base = created(session.state).repository.tree;
  const changes = (session.state.examined.get(candidate)?.changes ?? []).filter(({ path, newMode }) =>
    isProduct(path, newMode),
  );
  const sources = await Promise.all(
    changes
      .filter(({ change, newMode }) => change !== 'deleted' && newMode.startsWith('100'))
      .map(async ({ path }) => ({
        path,
        text: (await textOf(vault, candidate, path)) ?? '',
        base: await textOf(vault, base, path),
      })),
  );
  const results = await world.syntax.hollow(sources);
  const merged = new Map<RepoPath, string>();
  const functions: { readonly path: RepoPath; readonly name: string }[] = [];
  results.forEach((result, index) => {
    const path = sources[index]?.path;
    if (result.kind !== 'hollowed' || path === undefined) return;
    merged.set(path, result.text);
    functions.push(...result.functions.map((name) => ({ path, name })));
  });
  const edits = merged.size > 0 ? [...merged.keys()].map(emptied) : changes.map(takenBack);
  const data: Hollowed = {
    candidate,
    tree: edits.length === 0 ? null : await vault.overlay(base, candidate, edits, merged),
    how: merged.size > 0 ? 'emptied' : 'taken_back',
    functions: functions.slice(0, NAMED),
    count: functions.length,
  };
  await session.append({ type: 'candidate.hollowed', data });
}

/** Sources of Rust hold tests too, and are looked at like manifests. */
const isProduct = (path: RepoPath, mode: string): boolean => {
  const kind = classify(path, mode);
  return kind === 'source' || (kind === 'manifest' && path.endsWith('.rs'));
};

const emptied = (path: RepoPath): OverlayEdit => ({ path, action: 'merge' });

const takenBack = ({ path, change }: PathChange): OverlayEdit => ({
  path,
  action: change === 'added' ? 'remove' : 'restore',
});

async function textOf(vault: Vault, tree: TreeId, path: RepoPath): Promise<string | null> {
  const file = await vault.readFile(tree, path);
  return file === null ? null : new TextDecoder().decode(file.content);
}
