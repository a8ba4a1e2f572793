import { verifyBundle } from '../../proof/verify/bundle.ts';
import { readFolder } from '../../proof/verify/folder.ts';
import type { Level, VerifyReport } from '../../proof/verify/report.ts';
import { resolvePolicy } from '../../world/gates/resolve.ts';
import { treeFiles } from '../../world/gates/tree-files.ts';
import { commitOf } from './check.ts';
import { openVerifyDoor } from './door.ts';
import { openRulesDoor } from './rules-door.ts';
import { keysOf } from './trust.ts';

interface AloneRequest {
  readonly bundle: string;
  /** File with the keys that are trusted. */
  readonly key: string;
  readonly level: Level;
  readonly repository: string;
  /** Names of commits in the repository. `base` is needed for V1. */
  readonly base: string | undefined;
  readonly head: string | undefined;
  /** Folder with frozen rule sets, such as `share/rules` of omk. Without it only the current set is at hand. */
  readonly rules: string | undefined;
  readonly acceptRules: readonly string[];
}

/** V0 or V1 of a bundle from nothing but the bundle, a key and a clone: no state directory, no configuration. */
export async function verifyAlone(request: AloneRequest): Promise<VerifyReport> {
  const { bundle, key, level, repository } = request;
  const named = (revision: string | undefined, flag: string) =>
    level === 'V0' ? null : commitOf(repository, revision, flag);
  const [base, head] = await Promise.all([named(request.base, '--base'), named(request.head, '--head')]);
  return verifyBundle({
    ...readFolder(bundle),
    trusted: await keysOf(key),
    level,
    rules: openRulesDoor(request.rules, request.acceptRules),
    git: level === 'V1' ? await openVerifyDoor(repository, null, { resolve: policyOf }) : null,
    expect: { ...(base === null ? {} : { base }), ...(head === null ? {} : { head }) },
  });
}

const policyOf: Parameters<typeof openVerifyDoor>[2]['resolve'] = (reader, tree) =>
  resolvePolicy(treeFiles(reader, tree));
