import { LANGUAGES } from '../all.ts';
import { chains } from '../chain.ts';
import type { Language, SeenAssertion, Source } from '../language.ts';
import { nodesOf, type SyntaxNode } from '../nodes.ts';
import type { AlteredFile, ToAlter } from '../port.ts';
import { readTests } from '../read.ts';
import { otherValue } from './other-value.ts';
import { expectedIn } from './expected.ts';
import { definitionsIn, editsFor, type Edit } from './table.ts';

/** Tests of one file that are changed; more show no more. */
const MOST = 20;

/** The file with another value where its tests say what they expect, so that each of those must fail. Nothing else in it is changed. */
export async function alterFile({ path, text, salt, first, all = false }: ToAlter): Promise<AlteredFile> {
  const language = LANGUAGES.find(({ files }) => files.test(path));
  if (!language) return { kind: 'not_read', why: 'no parser reads this kind of file' };
  const root = nodesOf((await language.grammar(path)).parse(text).cursor());
  if (!root) return { kind: 'not_read', why: 'it is nested too deeply' };
  const source: Source = { textOf: ({ from, to }) => text.slice(from, to), chainOf: chains(text, language) };
  const values = new Map<string, SyntaxNode[]>();
  const others = new Map<string, (readonly Edit[])[]>();
  const { tables } = language;
  const definitions = tables ? definitionsIn(root, tables, source) : new Map<string, null>();
  const read = readTests(text, root, language, false, (seen) => {
    const list = values.get(seen.test) ?? [];
    values.set(seen.test, [...list, ...expectedIn(seen, language, source)]);
    const errors = otherErrors(seen, language, source);
    if (errors.length > 0) others.set(seen.test, [...(others.get(seen.test) ?? []), ...errors]);
    if (!tables) return;
    const random = numberFrom(`${salt} ${seen.test}`);
    const edits = editsFor(seen, { language, tables, source, definitions, random });
    if (edits) others.set(seen.test, [...(others.get(seen.test) ?? []), edits]);
  });
  if (read.kind !== 'read') return read;
  const ids = read.tests.map(({ id }) => id);
  // One that is skipped is reported as that, and shows nothing; one that may fail would pass by failing.
  const plain = read.tests.filter(
    ({ id, marks, cases }) =>
      !marks.includes('xfail') &&
      (tables !== undefined || (marks.length === 0 && cases === null)) &&
      !language.printed?.test(id) &&
      ids.indexOf(id) === ids.lastIndexOf(id),
  );
  const tests = plain.flatMap(({ id }) => {
    const found = (values.get(id) ?? []).flatMap((node) => {
      const other = otherValue(source.textOf(node), numberFrom(`${salt} ${id}`));
      return other === null ? [] : [[{ from: node.from, to: node.to, other }]];
    });
    // Always the same one of a text, so that what the base shows is about the same.
    const places: readonly (readonly Edit[])[] = found.length > 0 ? found : (others.get(id) ?? []);
    const one = places[numberFrom(`${path} ${id}`) % Math.max(1, places.length)];
    const chosen = all && one ? places.flat() : one;
    return chosen === undefined ? [] : [{ name: id.split(' > ').at(-1) ?? id, edits: chosen }];
  });
  const rank = ({ name }: { readonly name: string }): number => (first.some((id) => id.endsWith(name)) ? 0 : 1);
  const chosen = tests.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST);
  return chosen.length === 0
    ? { kind: 'unchanged' }
    : {
        kind: 'altered',
        text: replaced(
          text,
          chosen.flatMap(({ edits }) => edits),
        ),
        tests: chosen.map(({ name }) => name),
      };
}

/** Another error where a test says which one it wants. */
function otherErrors(seen: SeenAssertion, language: Language, source: Source): readonly (readonly Edit[])[] {
  const { errorsIn, anotherError } = language;
  if (!seen.isSure || !errorsIn || !anotherError) return [];
  return errorsIn(seen, source).map((node) => [
    { from: node.from, to: node.to, other: anotherError(source.textOf(node)) },
  ]);
}

/** FNV-1a: spreads, and needs not be hard to turn round. */
function numberFrom(seed: string): number {
  let hash = 0x811c9dc5;
  for (const sign of seed) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

/** Where two tests share a table, it is changed once. */
function replaced(text: string, all: readonly Edit[]): string {
  let result = text;
  let before = text.length + 1;
  for (const { from, to, other } of all.toSorted((a, b) => b.from - a.from)) {
    if (to > before || from === before) continue;
    result = result.slice(0, from) + other + result.slice(to);
    before = from;
  }
  return result;
}
