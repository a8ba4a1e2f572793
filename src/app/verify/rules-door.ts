import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KNOWN_SETS } from '../../proof/rules/known.ts';
import type { RulesDoor } from '../../proof/rules/resolve.ts';

/** Where an installation has frozen rule sets. */
export const rulesFolder = (root: string): string => join(root, 'share', 'rules');

/** The frozen rule sets in a folder, each believed by its digest; `accepted`: withdrawn ones that are taken all the same. */
export const openRulesDoor = (folder: string | undefined, accepted: readonly string[] = []): RulesDoor => ({
  accepted,
  frozen: async (digest) => {
    const set = KNOWN_SETS.find((each) => each.digest === digest);
    if (!set || folder === undefined) return null;
    const name = `${set.id.replace('/', '-')}-${digest.slice(0, 12)}.js`;
    return readFile(join(folder, name)).catch(() => null);
  },
});
