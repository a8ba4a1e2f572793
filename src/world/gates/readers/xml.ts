import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element of a report. Text is left out: what tests print is nobody's count. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
}

/** Elements in elements, at most; real reports have a handful of levels. */
const DEEPEST = 50;
/** Elements in all, at most. */
const MOST = 2_000_000;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Done here, for the entities that XML itself knows and no others.
  processEntities: false,
});

/**
 * The root element of a report; a sentence where it is not one well-formed document. Doctypes are refused: no
 * runner writes one, and they define entities.
 */
export function parseXml(text: string): Element | string {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, ''))) return 'it has a doctype';
  if (!text.trimEnd().endsWith('>')) return 'it is cut off, or text follows it';
  let parsed: unknown;
  try {
    const valid = XMLValidator.validate(text);
    if (valid !== true) return `line ${valid.err.line} is not well-formed`;
    parsed = parser.parse(text);
  } catch {
    return 'it is not well-formed';
  }
  const count = { left: MOST };
  const roots = elementsOf(parsed, 0, count);
  const [root] = roots ?? [];
  if (root === undefined || roots?.length !== 1 || !Array.isArray(parsed) || parsed.length !== 1)
    return 'it is not one document';
  return root;
}

/** Null where there are more, or deeper ones, than any runner writes. */
function elementsOf(nodes: unknown, depth: number, count: { left: number }): readonly Element[] | null {
  if (!Array.isArray(nodes) || depth > DEEPEST) return null;
  const found: Element[] = [];
  for (const node of nodes) {
    if (typeof node !== 'object' || node === null || '#text' in node) continue;
    const { ':@': given, ...named }: Readonly<Record<string, unknown>> = { ...node };
    for (const [name, inside] of Object.entries(named)) {
      const children = elementsOf(inside, depth + 1, count);
      if (children === null || count.left-- <= 0) return null;
      found.push({ name, attributes: attributesOf(given), children });
    }
  }
  return found;
}

const attributesOf = (given: unknown): Readonly<Record<string, string>> =>
  typeof given === 'object' && given !== null
    ? Object.fromEntries(Object.entries(given).map(([name, value]) => [name, decoded(String(value))]))
    : {};

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const decoded = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
