import type { Live } from '../compose.ts';
import { packageRoot } from '../package-root.ts';
import { openRulesDoor, rulesFolder } from './rules-door.ts';
import { openVerifyDoor } from './door.ts';
import { OmkError } from '../../domain/error.ts';
import { openVerified, type Opened } from '../../proof/verify/bundle.ts';
import type { Level } from '../../proof/verify/report.ts';
import { openObjects } from '../../world/git/objects/open.ts';
import type { VerifyFlags } from './flags.ts';
import type { Target } from './target.ts';
import { trustedKeys } from './trust.ts';

/** `base`: what is taken where neither the user nor this machine names one. */
export async function check(
  world: Live,
  target: Target,
  level: Level,
  flags: VerifyFlags,
  more: { readonly base?: string | null; readonly ownKey?: boolean; readonly resultElsewhere?: true } = {},
): Promise<Opened> {
  const repository = repositoryOf(target, flags);
  const base = await commitOf(repository, flags.base, '--base');
  const named = target.found?.by === 'commit' ? target.found.commit : null;
  const head = (await commitOf(repository, flags.head, '--head')) ?? named;
  const expected = base ?? target.own?.base ?? more.base ?? null;
  if (level === 'V1' && expected === null)
    throw new OmkError(
      'VERIFY_NO_BASE',
      'Missing --base: name the commit you trust as the starting point',
      'omk verify <bundle> --base <commit>, or --level V0',
    );
  return openVerified({
    ...target.bundle,
    trusted: await trustedKeys(world, flags.key ?? null, more.ownKey ? target.bundle : null),
    level,
    rules: openRulesDoor(rulesFolder(packageRoot()), flags.acceptRules ?? []),
    // A squash or a base that moved leaves the result commit nowhere.
    ...(more.resultElsewhere || (target.found && target.found.by !== 'commit') ? { resultElsewhere: true } : {}),
    git: level === 'V1' ? await openVerifyDoor(repository, target.vault, world.gates) : null,
    expect: {
      ...(expected === null ? {} : { base: expected }),
      ...(head === null ? {} : { head }),
      ...(target.own ? { goal: target.own.goal } : {}),
    },
  });
}

/** The clone that has the base. */
export const repositoryOf = (target: Target, flags: VerifyFlags): string =>
  target.own && flags.repo === undefined ? target.own.root : (flags.repo ?? '.');

export async function commitOf(repository: string, revision: string | undefined, flag: string): Promise<string | null> {
  if (revision === undefined) return null;
  const found = await (await openObjects(repository)).resolve(`${revision}^{commit}`);
  if (found === null)
    throw new OmkError(
      'REVISION_UNKNOWN',
      `${flag} names '${revision}', which is not a commit of the repository`,
      'git fetch, or name another',
    );
  return found;
}
