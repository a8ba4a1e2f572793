import type { Live } from '../compose.ts';
import { OmkError } from '../../domain/error.ts';
import type { RepositoryPin } from '../../domain/goal/event.ts';
import { PATCH } from '../../proof/format/names.ts';
import type { Opened } from '../../proof/verify/bundle.ts';

type Content = NonNullable<Opened['content']>;

/** A repository of the user as a signed bundle is about it. `OmkError` `NOT_A_REPOSITORY`. */
export async function pinOf(world: Live, repository: string, { facts }: Content): Promise<RepositoryPin> {
  const { commit, tree } = facts.created.repository;
  return { ...(await world.git.inspect(repository, 'commits')).pin, commit, tree };
}

/** The vault of this machine with the trees of a signed bundle, as far as they can be made; what is missing is found later. */
export async function madeVault(world: Live, pin: RepositoryPin, { facts, files }: Content): Promise<string> {
  const vault = await world.git.openVault(pin);
  if (await world.git.hasCommit(pin.root, pin.commit)) {
    await vault.fetchBase(pin.root, pin.commit);
    const patch = files.get(PATCH);
    const masked = (facts.examined?.secrets ?? []).length > 0;
    if (patch && patch.length > 0 && !masked) await vault.patched(pin.tree, patch).catch(unlessKnown);
  }
  return vault.dir;
}

function unlessKnown(error: unknown): void {
  if (!(error instanceof OmkError)) throw error;
}
