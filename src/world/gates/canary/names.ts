import { createHash } from 'node:crypto';

/** The words of a name, put together as tests of a runner are named. */
export type NameStyle = (words: readonly string[]) => string;

export const sentence: NameStyle = (words) => words.join(' ');
export const snakeCase: NameStyle = (words) => `test_${words.join('_')}`;
export const camelCase: NameStyle = ([first = '', ...words]) => first + words.map(capital).join('');
export const testCamelCase: NameStyle = (words) => `test${words.map(capital).join('')}`;
export const pascalCase: NameStyle = (words) => `Test${words.map(capital).join('')}`;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** As many names as any canary has tests. */
export type Names = readonly [string, string, string, string];

/** A name from random hex: nothing in it says that it is a canary's, as a subject can see the names of its tests. */
export const nameFrom = (style: NameStyle, hex: string): string => style(phrase(hex));

/** The first name and others, derived from it so that they need not be kept. No name ends with another. */
export function namesFrom(style: NameStyle, name: string): Names {
  const other = (index: number): string => style(phrase(`${name} ${index}`));
  return [name, other(0), other(1), other(2)];
}

/** Two different numbers that only this canary knows, so that no assertion can be special-cased for it. */
export function numbers(name: string): readonly [number, number] {
  const value = createHash('sha256').update(name).digest().readUInt32BE(0) >>> 1;
  return [value, value + 1];
}

/** A name as an identifier, for what goes with the canary. */
export const identifier = (name: string): string => name.replace(/[^0-9a-zA-Z]/g, '_');

const VERBS =
  words(`accepts adds allows applies builds caches checks clears closes collects compares converts copies counts creates decodes
  deletes drops emits encodes expands fills filters finds formats gives groups handles ignores inserts joins keeps \
limits lists loads maps merges
  normalizes opens orders parses picks prints reads rejects removes renames replaces reports resets resolves returns reuses rounds
  saves selects sends skips sorts splits stores trims updates validates writes`);
const ADJECTIVES =
  words(`absent active bare big blank cached current deep default direct double dynamic early empty equal even explicit extra
  final first fixed flat fresh full given global hidden initial inner invalid known large last late lazy left linked local long lower main
  missing mixed negative nested new next null old optional other outer partial plain previous private public quoted relative remote repeated
  short simple single small sorted static strict`);
const NOUNS =
  words(`address alias amount archive argument array batch block body branch buffer byte cell channel character child class clock
  code column comment count cursor date default delay digit edge element entry error event factor field file flag folder format frame group
  handle header index input interval item key label layer length level limit line link list locale map mark match member message method mode
  module name node number object offset option order output owner`);

/** Some 42 bits of a hash as words: verb adjective noun "for" adjective noun "and" adjective noun. No verb ends with another. */
function phrase(seed: string): readonly string[] {
  const bytes = createHash('sha256').update(`name ${seed}`).digest();
  const pick = (list: readonly string[], at: number): string => list[bytes.readUInt32BE(at * 4) % list.length] ?? '';
  return [
    pick(VERBS, 0),
    pick(ADJECTIVES, 1),
    pick(NOUNS, 2),
    'and',
    pick(ADJECTIVES, 3),
    pick(NOUNS, 4),
    'for',
    pick(ADJECTIVES, 5),
    pick(NOUNS, 6),
  ];
}

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}
