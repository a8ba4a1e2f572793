import type { Facts } from './facts.ts';
import type { Resource } from './statement.ts';

/** What was judged: the candidate, under its commit when it was integrated; the base when there is no candidate. */
export function judged({ candidate, head, created }: Facts): Resource {
  const { commit, tree } = created.repository;
  if (candidate === null) return { name: 'base', digest: { gitCommit: commit, gitTree: tree } };
  return { name: 'HEAD', digest: head === null ? { gitTree: candidate } : { gitCommit: head, gitTree: candidate } };
}

export const resourceUri = ({ created }: Facts): string => `urn:omk:repository:${created.repository.id}`;
