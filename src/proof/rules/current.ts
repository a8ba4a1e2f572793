import { KNOWN_SETS } from './known.ts';

declare const OMK_RULES_BUILD: string | undefined;

/** The start of the digest of the rules that this program was built with; `source` when the sources run as they are. */
const build = typeof OMK_RULES_BUILD === 'string' ? OMK_RULES_BUILD : 'source';
const { id = 'judge/0', digest = null } = KNOWN_SETS.at(-1) ?? {};

/** The set that this omk judges by, as events and statements name it. One that is not frozen yet is named with its build. */
export const CURRENT_RULES: string = digest === null ? `${id}-${build}` : id;
