import type { Origin } from '../../domain/delivery/delivery.ts';
import { boundMaterial, type Material } from '../../domain/delivery/material.ts';
import { parseReference, type Reference } from '../../domain/delivery/reference.ts';
import type { RemotePlace } from '../../domain/delivery/remote.ts';
import { OmkError } from '../../domain/error.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import type { ForgeRepository, Issue } from '../../world/forge/port.ts';
import type { Vault } from '../../world/git/port.ts';
import type { World } from '../world.ts';

export interface AskedIssue {
  readonly prompt: string;
  readonly origin: Origin;
  readonly material: readonly Material[];
}

/** A repository, whose remote is asked. */
interface Where {
  readonly vault: Vault;
  readonly branch: string | null;
}

/** An issue by number, of the repository that the user's remote is, or by its address. `OmkError` `ISSUE_INVALID`, `FORGE_*`. */
export async function readIssue(world: Pick<World, 'git' | 'forge'>, where: Where, text: string): Promise<AskedIssue> {
  const { number, place } = parse(text);
  const forge = await forgeOf(world, place ?? (await remotePlaceOf(world, where)), `Issue ${cleanLine(text)} is`);
  return asGoal(await forge.issue(number));
}

/** The open issues of the repository that the user's remote is, oldest first; only those that have every label. `OmkError` `FORGE_*`. */
export async function readOpenIssues(
  world: Pick<World, 'git' | 'forge'>,
  where: Where,
  labels: readonly string[],
): Promise<readonly AskedIssue[]> {
  const forge = await forgeOf(world, await remotePlaceOf(world, where), 'The issues of this repository are');
  return (await forge.openIssues(labels)).map(asGoal);
}

const remotePlaceOf = (world: Pick<World, 'git'>, { vault, branch }: Where): Promise<RemotePlace | null> =>
  world.git.withRemote({ vault, root: vault.root, remote: null, branch }, async (remote) => remote.place);

async function forgeOf(
  { forge }: Pick<World, 'forge'>,
  place: RemotePlace | null,
  what: string,
): Promise<ForgeRepository> {
  const found = place && (await forge.at(place));
  if (found) return found;
  throw new OmkError(
    'FORGE_UNKNOWN',
    `${what} on no forge that omk can ask`,
    'omk run "<the issue in words>"; for GitHub Enterprise: gh auth login --hostname <host>',
  );
}

function parse(text: string): Reference {
  const found = parseReference(text, 'issues');
  if (found) return found;
  throw new OmkError(
    'ISSUE_INVALID',
    `--issue must be a number or the address of an issue, not '${cleanLine(text)}'`,
    '--issue 42, or --issue https://github.com/owner/name/issues/42',
  );
}

/** The title says what is wanted; the text is data that the agent is shown. */
function asGoal({ number, url, title, body, isPullRequest }: Issue): AskedIssue {
  if (isPullRequest)
    throw new OmkError('ISSUE_INVALID', `#${number} is a pull request, not an issue`, 'give the number of an issue');
  return {
    prompt: `Resolve issue #${number}: ${cleanLine(title, 300)}`,
    origin: { kind: 'issue', number, url },
    material: boundMaterial([{ from: `Issue #${number}`, text: body }]),
  };
}
