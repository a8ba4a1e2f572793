import { clean, cleanLine } from '../text/clean.ts';

/** Words of somebody else inside a sentence: no markup, no comment, nobody is called and nothing is referred to. */
export const plain = (text: string, length = 300): string =>
  cleanLine(text, length)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~]/gu, String.raw`\$&`)
    .replace(/[@#]|(?<=GH)-(?=\d)|(?<=:)\/\//giu, (found) => `${found.slice(0, 1)}\u200b${found.slice(1)}`);

/** A name in code type, whatever is in it. */
export function code(text: string, length = 200): string {
  const line = commentless(cleanLine(text, length));
  const longest = Math.max(0, ...[...line.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const space = /^`|`$/u.test(line) ? ' ' : '';
  return `${fence}${space}${line || ' '}${space}${fence}`;
}

/** Somebody's words as a quotation that can not end early, call anybody or close an issue. */
export function quotation(text: string, length: number): string {
  const cleaned = commentless(clean(text).trim());
  const cut =
    cleaned.length <= length ? cleaned : `${cleaned.slice(0, length)}\n… (${cleaned.length - length} more characters)`;
  const longest = Math.max(2, ...[...cut.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${cut}\n${fence}`;
}

/** Nothing that looks like a marker of omk. */
const commentless = (text: string): string => text.replaceAll('<!--', '<!\u200b--');

/** Takes places on this machine out of a text: what is below them stays. */
export function withoutPlaces(text: string, places: readonly string[]): string {
  const known = places.filter((place) => place.length > 1).sort((a, b) => b.length - a.length);
  const rest = known.reduce((left, place) => left.replaceAll(place, '…'), text);
  return rest.replace(/(?<![\w.-])\/(?:home|Users)\/[^/\s'"`]+/gu, '~');
}
