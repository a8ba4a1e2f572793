import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KNOWN_SETS } from '../../proof/rules/known.ts';
import type { RulesDoor } from '../../proof/rules/resolve.ts';

/** The frozen rule sets of this installation; `accepted`: withdrawn ones that are taken all the same. */
export const openRulesDoor = (root: string, accepted: readonly string[] = []): RulesDoor => ({
  accepted,
  frozen: async (digest) => {
    const set = KNOWN_SETS.find((each) => each.digest === digest);
    if (!set) return null;
    const name = `${set.id.replace('/', '-')}-${digest.slice(0, 12)}.js`;
    return readFile(join(root, 'share', 'rules', name)).catch(() => null);
  },
});
