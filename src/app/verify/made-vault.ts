import { join } from 'node:path';
import { plainFile } from '../../world/cassette/open.ts';
import { unpackObjects } from '../../world/git/vault/pack.ts';
import type { Live } from '../compose.ts';
import { OmkError } from '../../domain/error.ts';
import type { RepositoryPin } from '../../domain/goal/event.ts';
import { CASSETTE, OBJECTS, PATCH } from '../../proof/format/names.ts';
import type { Opened } from '../../proof/verify/bundle.ts';

type Content = NonNullable<Opened['content']>;

/** A repository of the user as a signed bundle is about it. `OmkError` `NOT_A_REPOSITORY`. */
export async function pinOf(world: Live, repository: string, { facts }: Content): Promise<RepositoryPin> {
  const { commit, tree } = facts.created.repository;
  return { ...(await world.git.inspect(repository, 'commits')).pin, commit, tree };
}

/** The vault of this machine with the trees of a signed bundle, as far as they can be made; what is missing is found later. */
export async function madeVault(
  world: Live,
  pin: RepositoryPin,
  { facts, files }: Content,
  folder?: string,
): Promise<string> {
  const vault = await world.git.openVault(pin);
  if (await world.git.hasCommit(pin.root, pin.commit)) {
    await vault.fetchBase(pin.root, pin.commit);
    const objects = folder === undefined ? null : plainFile(join(folder, CASSETTE, OBJECTS));
    // Somebody else may have made it: what is in it has no name but that of its content.
    if (objects !== null) await unpackObjects({ gitDir: vault.dir, whose: 'omk' }, objects).catch(unlessKnown);
    const patch = files.get(PATCH);
    const masked = (facts.examined?.secrets ?? []).length > 0;
    if (patch && patch.length > 0 && !masked) await vault.patched(pin.tree, patch).catch(unlessKnown);
  }
  return vault.dir;
}

function unlessKnown(error: unknown): void {
  if (!(error instanceof OmkError)) throw error;
}
