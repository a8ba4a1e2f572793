import type { ManifestContract } from '../../../domain/contract/manifest-contract.ts';
import type { NamesRunner } from '../../../domain/contract/ecosystem-rules.ts';

/**
 * Gems from where all others come from are the candidate's own, but for those that judge; the rest of the
 * program that a Gemfile is stays the base's.
 */
export const gemfileContract = (base: string, candidate: string, namesRunner: NamesRunner): ManifestContract =>
  sameBut(PLAIN_GEM, base, candidate, namesRunner);

/**
 * What a gem says of itself, and gems it needs that do not judge, are the candidate's own; the rest of the
 * program that a gemspec is stays the base's.
 */
export const gemspecContract = (base: string, candidate: string, namesRunner: NamesRunner): ManifestContract =>
  sameBut(PLAIN_SPEC, base, candidate, namesRunner);

const TEXT = `(?:'[^'#\\\\]*'|"[^"#\\\\]*")`;
const WORDS = `%[iw]\\[[\\w ]*\\]`;
const VALUE = `(?:false|true|:\\w+|${TEXT}|${WORDS}|\\[(?: ?(?::\\w+|${TEXT}) ?,?)*\\])`;
const OPTION = `(?:(?:group|groups|platforms?|require|install_if): ?|:(?:group|groups|platforms?|require) ?=> ?)${VALUE}`;
const PLAIN_GEM = new RegExp(`^gem(?: |\\( ?)${TEXT}(?: ?, ?(?:${TEXT}|${OPTION}))* ?\\)?$`);
const NEEDS = `\\w+\\.add_(?:runtime_|development_)?dependency(?: |\\( ?)${TEXT}(?: ?, ?${TEXT})* ?\\)?`;
const SAYS =
  `\\w+\\.(?:name|version|summary|description|authors?|email|homepage|licenses?|required_ruby_version|` +
  `metadata\\[${TEXT}\\]) ?= ?(?:${VALUE})`;
const PLAIN_SPEC = new RegExp(`^(?:${NEEDS}|${SAYS})$`);

/** No line that is meant for people is longer. */
const LONGEST = 1000;

const sameBut = (own: RegExp, base: string, candidate: string, namesRunner: NamesRunner): ManifestContract =>
  judging(base, own, namesRunner) === judging(candidate, own, namesRunner) ? { kind: 'same' } : { kind: 'restore' };

const judging = (text: string, own: RegExp, namesRunner: NamesRunner): string =>
  text
    .split(/\r?\n/)
    .map((line) =>
      line.length > LONGEST
        ? line
        : withoutComment(line)
            .replaceAll(/[ \t]+/g, ' ')
            .trim(),
    )
    .filter((line) => line !== '' && !(line.length <= LONGEST && own.test(line) && !namesRunner(line)))
    .join('\n');

/** A comment after a line may hold what only looks like the end of a text: then it stays, and the line is the base's. */
const withoutComment = (line: string): string => (/^\s*#/.test(line) ? '' : line.replace(/ #[^'"]*$/, ''));

/** Gems that judge are locked as they were, from where they were. Others, and what is new among them, come with what needs them. */
export function gemLockContract(base: string, candidate: string, namesRunner: NamesRunner): ManifestContract {
  const [before, after] = [lockedIn(base, namesRunner), lockedIn(candidate, namesRunner)];
  const isKept = [...before.runners].every(([name, how]) => after.runners.get(name) === how);
  const isNew = [...after.runners].every(([name, how]) => before.runners.has(name) || how.startsWith('GEM '));
  // What came from a host for gems comes out of no folder or repository now.
  const isMoved = [...before.hosted].some((name) => after.local.has(name));
  return isKept && isNew && !isMoved && after.remotes.every((remote) => before.remotes.includes(remote))
    ? { kind: 'same' }
    : { kind: 'restore' };
}

interface Locked {
  readonly runners: ReadonlyMap<string, string>;
  /** Gems by name, from a host and from elsewhere. */
  readonly hosted: ReadonlySet<string>;
  readonly local: ReadonlySet<string>;
  /** Where gems come from. */
  readonly remotes: readonly string[];
}

function lockedIn(lock: string, namesRunner: NamesRunner): Locked {
  const runners = new Map<string, string>();
  const remotes: string[] = [];
  const [hosted, local] = [new Set<string>(), new Set<string>()];
  let section = '';
  for (const line of lock.split(/\r?\n/)) {
    if (/^\S/.test(line)) section = line.trim();
    const [, name = ''] = /^ {2}(?: {2})?([^\s!(:]+)/.exec(line) ?? [];
    if (/^ {4}\S/.test(line)) (section === 'GEM' ? hosted : local).add(name);
    if (section === 'GEM' && line.startsWith('  remote:')) remotes.push(line.trim());
    else if (/^ {4}\S/.test(line) && namesRunner(` ${name}`)) runners.set(name, `${section} ${line.trim()}`);
    else if (section === 'DEPENDENCIES' && line.trimEnd().endsWith('!') && namesRunner(` ${name}`))
      runners.set(`${name}!`, line);
  }
  return { runners, hosted, local, remotes };
}
