import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KNOWN_SETS } from '../src/proof/rules/known.ts';
import { bundleRules } from './build/rules.ts';
import { changedSince, freeze, frozenFile, next, sourceOf, withdraw } from './rules/sets.ts';

/**
 * `npm run rules`: which rule sets there are. `-- next` begins one that may change, `-- freeze` keeps the current one
 * as it is, `-- withdraw judge/N "<hole>"` says that a set takes for shown what is not (docs/adr/0046).
 */
const root = join(import.meta.dirname, '..');
const list = join(root, 'src/proof/rules/known.ts');
const [verb = 'list', id = '', hole = ''] = process.argv.slice(2);
const { bytes, digest } = await bundleRules(root);

function sets() {
  if (verb === 'next') return next(KNOWN_SETS);
  if (verb === 'freeze') return freeze(KNOWN_SETS, digest);
  if (verb === 'withdraw' && hole !== '') return withdraw(KNOWN_SETS, id, hole);
  if (verb === 'list') return KNOWN_SETS;
  throw new Error('npm run rules -- [next | freeze | withdraw judge/N "<hole>"]');
}

const now = sets();
if (now !== KNOWN_SETS) {
  const text = readFileSync(list, 'utf8');
  writeFileSync(list, text.replace(/(KNOWN_SETS: readonly KnownSet\[\] = )[^;]*;/, `$1${sourceOf(now)};`));
  execFileSync(join(root, 'node_modules/.bin/oxfmt'), [list]);
}
const current = now.at(-1);
if (verb === 'freeze' && current) {
  mkdirSync(join(root, 'share/rules'), { recursive: true });
  writeFileSync(join(root, 'share/rules', frozenFile(current)), bytes);
}
for (const { id: name, status, digest: frozen, hole: why } of now)
  console.log(
    `${name}  ${status}  ${frozen ?? `not frozen: the sources are ${digest.slice(0, 12)}`}${why ? `  ${why}` : ''}`,
  );
const changed = changedSince(now, digest);
if (changed !== null) console.log(changed);
