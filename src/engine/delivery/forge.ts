import { OmkError } from '../../domain/error.ts';
import type { AboutRepository, ForgeRepository } from '../../world/forge/port.ts';
import type { RemoteRepository } from '../../world/git/port.ts';
import type { World } from '../world.ts';

interface OpenForge {
  readonly forge: ForgeRepository;
  readonly about: AboutRepository;
}

/** The forge of a remote, if the user may push there; null where omk knows none. `OmkError` `FORGE_ARCHIVED`, `REMOTE_NO_PERMISSION`. */
export async function writableForge(world: Pick<World, 'forge'>, remote: RemoteRepository): Promise<OpenForge | null> {
  const forge = remote.place && (await world.forge.at(remote.place));
  if (!forge) return null;
  const about = await forge.about();
  if (about.archived)
    throw new OmkError(
      'FORGE_ARCHIVED',
      `Repository ${about.name} is archived: nothing can be pushed to it`,
      '--remote <another>',
      { exit: 4 },
    );
  if (about.mayPush) return { forge, about };
  throw new OmkError(
    'REMOTE_NO_PERMISSION',
    `This login may not push to ${about.name}`,
    'fork the repository, add the fork as a remote, and give it with --remote',
    { exit: 4 },
  );
}

/** The same where a forge is needed. `OmkError` `FORGE_UNKNOWN`. */
export async function requireForge(world: Pick<World, 'forge'>, remote: RemoteRepository): Promise<OpenForge> {
  const found = await writableForge(world, remote);
  if (found) return found;
  throw new OmkError(
    'FORGE_UNKNOWN',
    `Remote '${remote.name}' is on no forge that omk can ask${remote.place ? ` (${remote.place.host})` : ''}`,
    'use the web page of the forge; for GitHub Enterprise: gh auth login --hostname <host>',
  );
}
