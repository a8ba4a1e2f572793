import type { TestCase } from '../contract/labels/test-case.ts';

/** How text asks that a test be left out, in any of the languages: by a call, a mark, a condition, or because others are the only ones. */
const ASKS = new RegExp(
  [
    'skip|todo|pending|ignore|disable|enabled|assum|abort|xfail|inconclusive|omit|runIf|@requires\\b',
    '\\.only\\b|\\bx(?:it|test|describe|specify|context)\\b|\\bShort\\(',
  ].join('|'),
  'i',
);

/** Names that a text may declare the test of an id by, longest first. */
export function namesIn(id: string): readonly string[] {
  const whole = bare((id.split(' > ').at(-1) ?? id).replace(/ #\d+$/, ''));
  const parts = [
    whole,
    whole.split('::').at(-1),
    whole.split('/')[0],
    whole.split('.').at(-1),
    whole.split('#').at(-1),
  ];
  const names = parts.map((part) => bare(part ?? '').trim()).filter((part) => /\w{2}/.test(part));
  return [...new Set(names)].sort((a, b) => b.length - a.length);
}

/** Without the row of its table. */
const bare = (name: string): string => name.replace(/(?<=\S)\s*(?:\[[^\]]*\]|\([^)]*\))+$/, '');

/** Whether a text says that the test of one of these names may be skipped; `read` is the text taken apart, null where no parser could. */
export function asksToSkip(
  names: readonly string[],
  text: string,
  read: { readonly tests: readonly TestCase[]; readonly rest: string } | null,
): boolean {
  const own = read?.tests.filter(({ id }) => names.includes(id.split(' > ').at(-1) ?? '')) ?? [];
  if (read === null || own.length === 0) return ASKS.test(text);
  return ASKS.test(read.rest) || own.some(({ marks, body }) => marks.length > 0 || ASKS.test(body));
}

/** Whether a helper of tests can skip those that use it. */
export const skipsOthers = (text: string): boolean =>
  /\b\w*(?:skip|assum|abort|pending|inconclusive)\w*\s*[(!]/i.test(text);
