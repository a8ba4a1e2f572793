import type { Facts } from './facts.ts';
import type { Resource } from './statement.ts';

/**
 * What was judged: the candidate, and the commit it was integrated as; the base when there is no candidate. Each is a subject of its
 * own, as whoever looks for a subject is content with one digest that matches: another commit with the same tree is not this one.
 */
export function judged({ candidate, head, created, joined }: Facts): readonly Resource[] {
  const { commit, tree } = created.repository;
  const name = candidate === null ? 'base' : 'HEAD';
  const gitTree = candidate ?? tree;
  const gitCommit = candidate === null ? commit : head;
  if (joined) return [{ name, digest: gitCommit === null ? { gitTree } : { gitCommit, gitTree } }];
  const ofTree: Resource = { name: `${name}^{tree}`, digest: { gitTree } };
  return gitCommit === null ? [ofTree] : [{ name, digest: { gitCommit } }, ofTree];
}

export const resourceUri = ({ created }: Facts): string => `urn:omk:repository:${created.repository.id}`;
