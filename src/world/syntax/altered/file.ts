import { LANGUAGES } from '../all.ts';
import { chains } from '../chain.ts';
import type { Source } from '../language.ts';
import { nodesOf, type SyntaxNode } from '../nodes.ts';
import type { AlteredFile, ToAlter } from '../port.ts';
import { readTests } from '../read.ts';
import { otherValue } from './other-value.ts';
import { expectedIn } from './expected.ts';

/** Tests of one file that are changed; more show no more. */
const MOST = 20;

/** The file with another value where its tests say what they expect, so that each of those must fail. Nothing else in it is changed. */
export async function alterFile({ path, text, salt, first }: ToAlter): Promise<AlteredFile> {
  const language = LANGUAGES.find(({ files }) => files.test(path));
  if (!language) return { kind: 'not_read', why: 'no parser reads this kind of file' };
  const root = nodesOf((await language.grammar(path)).parse(text).cursor());
  if (!root) return { kind: 'not_read', why: 'it is nested too deeply' };
  const source: Source = { textOf: ({ from, to }) => text.slice(from, to), chainOf: chains(text, language) };
  const values = new Map<string, SyntaxNode[]>();
  const read = readTests(text, root, language, false, (seen) => {
    const list = values.get(seen.test) ?? [];
    values.set(seen.test, [...list, ...expectedIn(seen, language, source)]);
  });
  if (read.kind !== 'read') return read;
  const ids = read.tests.map(({ id }) => id);
  const plain = read.tests.filter(
    ({ id, marks, cases }) =>
      marks.length === 0 && cases === null && !language.printed?.test(id) && ids.indexOf(id) === ids.lastIndexOf(id),
  );
  const tests = plain.flatMap(({ id }) => {
    const found = (values.get(id) ?? []).flatMap((node) => {
      const other = otherValue(source.textOf(node), numberFrom(`${salt} ${id}`));
      return other === null ? [] : [{ node, other }];
    });
    // Always the same one of a text, so that what the base shows is about the same.
    const chosen = found[numberFrom(`${path} ${id}`) % Math.max(1, found.length)];
    return chosen === undefined ? [] : [{ name: id.split(' > ').at(-1) ?? id, ...chosen }];
  });
  const rank = ({ name }: { readonly name: string }): number => (first.some((id) => id.endsWith(name)) ? 0 : 1);
  const chosen = tests.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST);
  return chosen.length === 0
    ? { kind: 'unchanged' }
    : { kind: 'altered', text: replaced(text, chosen), tests: chosen.map(({ name }) => name) };
}

/** FNV-1a: spreads, and needs not be hard to turn round. */
function numberFrom(seed: string): number {
  let hash = 0x811c9dc5;
  for (const sign of seed) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

function replaced(text: string, all: readonly { readonly node: SyntaxNode; readonly other: string }[]): string {
  let result = text;
  for (const { node, other } of all.toSorted((a, b) => b.node.from - a.node.from))
    result = result.slice(0, node.from) + other + result.slice(node.to);
  return result;
}
