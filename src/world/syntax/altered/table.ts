import type { Column, Language, SeenAssertion, Source, Tables } from '../language.ts';
import { itemsOf, type SyntaxNode } from '../nodes.ts';
import { equalitiesIn, literalsIn, type Sides } from './expected.ts';
import { otherValue } from './other-value.ts';

/** A part of a text, and what is to stand there. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly other: string;
}

interface Reading {
  readonly language: Language;
  readonly tables: Tables;
  readonly source: Source;
  /** What names of the file stand for; null where that is not one thing. */
  readonly definitions: ReadonlyMap<string, SyntaxNode | null>;
  readonly random: number;
}

/** The names of a file that stand for one expression each. */
export function definitionsIn(root: SyntaxNode, tables: Tables, source: Source): Reading['definitions'] {
  const found = new Map<string, SyntaxNode | null>();
  const visit = (node: SyntaxNode): void => {
    for (const [name, value] of tables.definitions(node, source)) found.set(name, found.has(name) ? null : value);
    for (const child of node.children) visit(child);
  };
  visit(root);
  return found;
}

/**
 * Other values where an assertion compares with no literal: in each row of the table that it takes them from, so that whoever
 * reads the table finds the other ones too; else of the expression itself. Null where it may not be reached.
 */
export function editsFor(seen: SeenAssertion, reading: Reading): readonly Edit[] | null {
  if (!isReached(seen, reading)) return null;
  for (const sides of equalitiesIn(seen, reading.language, reading.source)) {
    const expected = expectedSide(sides, seen, reading);
    const edits = expected && (inTable(expected, seen.within, reading) ?? asExpression(expected, reading));
    if (edits) return edits;
  }
  return null;
}

/** Nothing stands in front of it but loops through what is not empty. */
function isReached({ node, guards, within }: SeenAssertion, reading: Reading): boolean {
  let loops = 0;
  for (let at = node.parent; at && at !== within; at = at.parent) {
    const over = reading.tables.loopOver(at, reading.source);
    if (over === null) continue;
    if (over !== 'some' && rowsOf(over, reading).length === 0) return false;
    loops += 1;
  }
  return guards === loops;
}

/** The side that says what is expected, by calls, names and place; the other one is what the product gave. */
function expectedSide(
  sides: Sides,
  { assertion }: SeenAssertion,
  { language, source }: Reading,
): SyntaxNode | undefined {
  const single = sides.flatMap((nodes) => (nodes.length === 1 ? nodes : []));
  if (sides.length === 1 || single.length < sides.length) return sides.length === 1 ? single[0] : undefined;
  const points = (node: SyntaxNode, index: number): number =>
    (hasCall(node, language) ? 0 : 4) +
    (/expect|want|exact|should|correct|answer/i.test(source.textOf(node)) ? 2 : 0) +
    (index === (assertion.name === 'assert_equal' ? 0 : 1) ? 1 : 0);
  return single.map((node, index) => ({ node, points: points(node, index) })).toSorted((a, b) => b.points - a.points)[0]
    ?.node;
}

const hasCall = (node: SyntaxNode, language: Language): boolean =>
  language.calls.test(node.name) || node.children.some((child) => hasCall(child, language));

function inTable(expected: SyntaxNode, within: SyntaxNode, reading: Reading): readonly Edit[] | null {
  const column = columnOf(expected, reading);
  // What the test gives to the product as well would change both sides.
  if (!column || usesOf(expected, within, reading) !== 1) return null;
  const rows = rowsOf(column.table, reading);
  const edits = rows.flatMap((row) => {
    const literals = cellOf(row, column.part, reading.source).flatMap((node) =>
      literalsIn([node], reading.language, reading.source),
    );
    const [first] = literals;
    const other = first && otherValue(reading.source.textOf(first), reading.random);
    return first && other ? [{ from: first.from, to: first.to, other }] : [];
  });
  return rows.length > 0 && edits.length === rows.length ? edits : null;
}

/** What a name, or a place of a record, is the part of. */
function columnOf(expected: SyntaxNode, { tables, source }: Reading): Column | null {
  const [name, bracket] = expected.children;
  if (name?.children.length === 0 && bracket?.name === '[' && /Member/.test(expected.name))
    return { table: name, part: 'value' };
  if (expected.children.length > 0) return null;
  const text = source.textOf(expected);
  for (let at = expected.parent; at; at = at.parent) {
    const column = tables.columnOf(text, at, source);
    if (column !== undefined) return column;
  }
  return null;
}

const LIST = /^(?:Array|Tuple|Set)Expression$/;
const RECORD = /^(?:Dictionary|Object)Expression$/;

/** Rows of a list, or the entries of a record; none where it is not written out. */
function rowsOf(table: SyntaxNode, { source, definitions }: Reading): readonly (readonly SyntaxNode[])[] {
  const named = definitions.get(source.textOf(table));
  const found = LIST.test(table.name) || RECORD.test(table.name) ? table : named;
  if (!found || !(LIST.test(found.name) || RECORD.test(found.name))) return [];
  if (/\bmarks\s*=/.test(source.textOf(found))) return [];
  return itemsOf(found).map(({ nodes }) => nodes);
}

function cellOf(row: readonly SyntaxNode[], part: Column['part'], source: Source): readonly SyntaxNode[] {
  const [node] = row;
  if (!node) return [];
  if (part === 'value') return valueOf(row);
  if (part === null) return [node];
  if (typeof part === 'string')
    return node.children.flatMap((property) =>
      /^Property$/.test(property.name) &&
      property.children[0] &&
      source.textOf(property.children[0]).replace(/^['"]|['"]$/g, '') === part
        ? valueOf(property.children)
        : [],
    );
  const list = LIST.test(node.name) ? node : node.children.find(({ name }) => name === 'ArgList');
  return itemsOf(list)[part]?.nodes ?? [];
}

/** What stands behind the key of an entry. */
function valueOf(entry: readonly SyntaxNode[]): readonly SyntaxNode[] {
  const parts = entry[0]?.name === 'Property' ? entry[0].children : entry;
  return parts.slice(parts.findIndex(({ name }) => name === ':') + 1 || parts.length);
}

/** How often a test uses a name or a record in other places than where it is made. */
function usesOf(expected: SyntaxNode, within: SyntaxNode, { source }: Reading): number {
  const name = source.textOf(expected.children[0] ?? expected);
  const count = (node: SyntaxNode): number =>
    node.children.length === 0 ? Number(isUse(node) && source.textOf(node) === name) : sum(node.children.map(count));
  return count(within);
}

const isUse = ({ name, parent }: SyntaxNode): boolean =>
  /^(?:VariableName|identifier)$/.test(name) &&
  !/^(?:ParamList|ForStatement|ForOfSpec)$/.test(parent?.name ?? '') &&
  !(parent?.name === 'TupleExpression' && parent.parent?.name === 'ForStatement');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function asExpression(expected: SyntaxNode, { tables, source, random }: Reading): readonly Edit[] | null {
  const text = source.textOf(expected);
  if (/^(?:\.\.\.|\*)|^\w+\s*=[^=]/.test(text)) return null;
  return [{ from: expected.from, to: expected.to, other: tables.another(text, 1 + (random % 7)) }];
}
