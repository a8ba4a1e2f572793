import type { ManifestContract } from './manifest.ts';
import { namesRunner } from './runner-packages.ts';

/** Gems from where all others come from are the candidate's own, but for those that judge; the rest of the program that a Gemfile is stays the base's. */
export const gemfileContract = (base: string, candidate: string): ManifestContract => (judging(base) === judging(candidate) ? { kind: 'same' } : { kind: 'restore' });

const PLAIN = /^gem\s*\(?\s*(['"])[\w.-]+\1(?:\s*,\s*(?:['"][^'"#]*['"]|(?:group|groups|platforms?|require|install_if):\s*(?:false|true|:\w+|['"][^'"#]*['"]|\[[\w\s:,'"/-]*\])))*\s*\)?$/;

const judging = (gemfile: string): string =>
  gemfile
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '' && !(PLAIN.test(line) && !namesRunner(line)))
    .join('\n');
