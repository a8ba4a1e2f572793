import { parseReference } from '../../domain/delivery/reference.ts';
import { placeName, type RemotePlace } from '../../domain/delivery/remote.ts';
import type { PullRequestRecord } from '../../domain/delivery/delivery.ts';
import { OmkError } from '../../domain/error.ts';
import type { AboutRepository, ForgeRepository } from '../../world/forge/port.ts';
import type { RemoteRepository } from '../../world/git/port.ts';
import type { World } from '../world.ts';

interface OpenForge {
  readonly forge: ForgeRepository;
  readonly about: AboutRepository;
}

/** The forge of a remote, if the user may push there; null where omk knows none. `OmkError` `FORGE_ARCHIVED`, `REMOTE_NO_PERMISSION`. */
async function writableForge(world: Pick<World, 'forge'>, remote: RemoteRepository): Promise<OpenForge | null> {
  const forge = remote.place && (await world.forge.at(remote.place));
  if (!forge) return null;
  const about = await forge.about();
  if (about.archived) throw archived(about);
  if (about.mayPush) return { forge, about };
  throw new OmkError(
    'REMOTE_NO_PERMISSION',
    `This login may not push to ${about.name}`,
    'fork the repository, add the fork as a remote, and give it with --remote',
    { exit: 4 },
  );
}

const archived = ({ name }: AboutRepository): OmkError =>
  new OmkError('FORGE_ARCHIVED', `Repository ${name} is archived: nothing can be pushed to it`, '--remote <another>', {
    exit: 4,
  });

/** Where the pull request of a delivery belongs. */
export interface Target {
  /** Null: a person opens it. */
  readonly forge: ForgeRepository | null;
  /** The repository whose branch it is for. */
  readonly remote: RemoteRepository;
  /** The owner of the fork that has its branch; null where the repository itself has it. */
  readonly fork: string | null;
  /** The repository above the remote, which is a fork. */
  readonly parent: RemotePlace | null;
}

/** Who works in a fork means the repository above it. `OmkError` as `writableForge`. */
export async function targetOf(
  world: Pick<World, 'forge'>,
  remote: RemoteRepository,
  { inFork, record }: { readonly inFork: boolean; readonly record: PullRequestRecord | null },
): Promise<Target> {
  const open = await writableForge(world, remote);
  const parent = open?.about.parent ?? null;
  const here = { forge: open?.forge ?? null, remote, fork: null, parent: null };
  if (parent === null || remote.place === null || inFork || (record !== null && isAt(record, remote.place)))
    return here;
  const upper = await world.forge.at(parent);
  const about = upper === null ? null : await readable(upper);
  if (about?.archived) throw archived(about);
  return about === null
    ? { ...here, forge: null, parent }
    : { forge: upper, remote: await remote.at(parent), fork: remote.place.owner, parent };
}

/** Null where this login may not see it. */
const readable = (forge: ForgeRepository): Promise<AboutRepository | null> =>
  forge.about().catch((error: unknown) => {
    if (error instanceof OmkError && NOT_SEEN.has(error.code)) return null;
    throw error;
  });

const NOT_SEEN = new Set(['FORGE_NOT_FOUND', 'FORGE_NO_PERMISSION']);

const placeOf = ({ url }: PullRequestRecord): RemotePlace | null => parseReference(url, 'pull')?.place ?? null;

function isAt(record: PullRequestRecord, at: RemotePlace): boolean {
  const place = placeOf(record);
  return place === null || placeName(place).toLowerCase() === placeName(at).toLowerCase();
}

/** Where a pull request is that omk opened: the repository of the remote, or the one above it. `OmkError` `FORGE_UNKNOWN`. */
export async function forgeOf(
  world: Pick<World, 'forge'>,
  remote: RemoteRepository,
  record: PullRequestRecord,
): Promise<OpenForge & { readonly remote: RemoteRepository }> {
  const place = placeOf(record);
  const isHere = place === null || remote.place === null || isAt(record, remote.place);
  const found = isHere ? await writableForge(world, remote) : await above(world, place);
  if (found) return { ...found, remote: isHere ? remote : await remote.at(place) };
  throw new OmkError(
    'FORGE_UNKNOWN',
    `Remote '${remote.name}' is on no forge that omk can ask${remote.place ? ` (${remote.place.host})` : ''}`,
    'use the web page of the forge; for GitHub Enterprise: gh auth login --hostname <host>',
  );
}

async function above(world: Pick<World, 'forge'>, place: RemotePlace): Promise<OpenForge | null> {
  const forge = await world.forge.at(place);
  return forge && { forge, about: await forge.about() };
}
