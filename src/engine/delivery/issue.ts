import type { Origin } from '../../domain/delivery/delivery.ts';
import { boundMaterial, type Material } from '../../domain/delivery/material.ts';
import { parseReference, type Reference } from '../../domain/delivery/reference.ts';
import { OmkError } from '../../domain/error.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import type { Issue } from '../../world/forge/port.ts';
import type { Vault } from '../../world/git/port.ts';
import type { World } from '../world.ts';

export interface AskedIssue {
  readonly prompt: string;
  readonly origin: Origin;
  readonly material: readonly Material[];
}

/** An issue by number, of the repository that the user's remote is, or by its address. `OmkError` `ISSUE_INVALID`, `FORGE_*`. */
export async function readIssue(
  world: Pick<World, 'git' | 'forge'>,
  where: { readonly vault: Vault; readonly branch: string | null },
  text: string,
): Promise<AskedIssue> {
  const { number, place } = parse(text);
  const { vault, branch } = where;
  const at =
    place ??
    (await world.git.withRemote({ vault, root: vault.root, remote: null, branch }, async (remote) => remote.place));
  const forge = at && (await world.forge.at(at));
  if (!forge)
    throw new OmkError(
      'FORGE_UNKNOWN',
      `Issue ${cleanLine(text)} is on no forge that omk can ask`,
      'omk run "<the issue in words>"; for GitHub Enterprise: gh auth login --hostname <host>',
    );
  return asGoal(await forge.issue(number));
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
