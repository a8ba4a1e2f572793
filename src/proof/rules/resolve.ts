import type { Sha256 } from '../../domain/ids.ts';
import { sha256Hex } from '../format/bytes.ts';
import { CURRENT_RULES } from './current.ts';
import { KNOWN_SETS, type KnownSet } from './known.ts';
import { RULES, type RuleSet } from './set.ts';

/** The bundles of frozen sets. */
export interface RulesDoor {
  readonly known?: readonly KnownSet[];
  /** Withdrawn sets that the verifier takes all the same. */
  readonly accepted?: readonly string[];
  /** Null: this installation does not have it. */
  readonly frozen: (digest: Sha256) => Promise<Uint8Array | null>;
}

export type Resolved =
  /** Not `exact`: another build of a set that is not frozen, or a log from before sets had names. */
  | { readonly kind: 'rules'; readonly rules: RuleSet; readonly exact: boolean }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'withdrawn'; readonly why: string };

const NAME = /^(judge\/\d+)(-[0-9a-z]+)?$/;

/** The rules that judged; `name` as an event or a statement has it, null where it has none. */
export async function resolveRules(name: string | null, door: RulesDoor): Promise<Resolved> {
  const known = door.known ?? KNOWN_SETS;
  if (name === null) return { kind: 'rules', rules: RULES, exact: false };
  const [, id = '', build] = NAME.exec(name) ?? [];
  const set = known.find((each) => each.id === id);
  if (!set) return { kind: 'unknown', why: `it was judged by ${name}, which this omk does not know` };
  if (set.status === 'withdrawn' && door.accepted?.includes(set.id) !== true)
    return { kind: 'withdrawn', why: `${set.id} is withdrawn: ${set.hole ?? 'it has a hole'}` };
  if (set.status === 'current')
    return { kind: 'rules', rules: RULES, exact: build === undefined ? set.digest !== null : name === CURRENT_RULES };
  const rules = set.digest === null ? null : await load(set.digest, door);
  return rules === null
    ? { kind: 'unknown', why: `the rules ${set.id} are not part of this installation` }
    : { kind: 'rules', rules, exact: build === undefined };
}

/** Runs exactly the bytes whose digest was checked. */
async function load(digest: Sha256, { frozen }: RulesDoor): Promise<RuleSet | null> {
  const bytes = await frozen(digest);
  if (bytes === null || sha256Hex(bytes) !== digest) return null;
  const module: { readonly RULES: RuleSet } = await import(
    `data:text/javascript;base64,${Buffer.from(bytes).toString('base64')}`
  );
  return module.RULES;
}
