import { createHash } from 'node:crypto';
import { statementsOf } from './names.ts';
import { inOrder, withoutUnused } from './order.ts';
import { IMPORT, partsOf, type Part } from './parts.ts';

/** Modules that are read, or believed, together. */
export interface Section {
  readonly title: string;
  readonly about: string;
  readonly has: (path: string) => boolean;
}

interface Page {
  /** What the file is. */
  readonly about: string;
  /** In their order. */
  readonly sections: readonly Section[];
  /** Modules in the order in which they are to be read; others come after those that they need. */
  readonly order: readonly string[];
  /** The module that begins; it is in the last section. */
  readonly entry: string;
  /** How the text of a module is written. */
  readonly write: (part: Part) => string;
}

interface Written {
  readonly title: string;
  readonly text: string;
}

/** A bundle to be read: what stands where, its own code in sections, and its libraries, as they are published, at the end. */
export function ownFirst(bundle: string, { about, sections, order, entry, write }: Page): string {
  const { head, parts, licenses } = partsOf(bundle);
  const own = withoutUnused(
    parts.filter(({ path }) => path.startsWith('src/')),
    entry,
  ).filter(({ text }) => text.trim() !== '');
  const libraries = parts.filter(({ path }) => !path.startsWith('src/'));
  const theirs = libraries.map(({ path, text }) => `// ${path}\n${text}\n`).join('');
  const written = inSections(own, sections, order).map(([section, inside]): Written => {
    const modules = inside.map((part) => `// ${part.path}\n${write(part)}\n`).join('');
    return { title: section.title, text: `${banner(section)}\n${modules}` };
  });
  const used = statementsOf(theirs)
    .flatMap(({ names }) => names)
    .filter((name) => written.some(({ text }) => text.includes(name)));
  const names = used.join(', ');
  const before = `${head}${(theirs.match(IMPORT) ?? []).join('')}\nvar { ${names} } = omkLibraries();\n\n`;
  const after = `function omkLibraries() {\n${theirs.replaceAll(IMPORT, '')}\nreturn { ${names} };\n}\n${licenses}`;
  const all = [...written, { title: 'Libraries, as they are published', text: after }];
  return `${contents(about, before, all)}${before}${all.map(({ text }) => text).join('')}`;
}

/** A module that one of an earlier section needs while it is loaded comes into that section. */
function inSections(
  own: readonly Part[],
  sections: readonly Section[],
  order: readonly string[],
): readonly (readonly [Section, readonly Part[]])[] {
  const sectionOf = ({ path }: Part): number => sections.findIndex(({ has }) => has(path));
  const bySection = own.toSorted((a, b) => sectionOf(a) - sectionOf(b));
  const ordered = inOrder(own, [...order, ...bySection.map(({ path }) => path)]);
  let last = sections.length - 1;
  const placed = ordered.toReversed().map((part) => {
    last = Math.min(last, sectionOf(part));
    return { part, at: last };
  });
  return sections.map((section, index) => [
    section,
    placed
      .filter(({ at }) => at === index)
      .toReversed()
      .map(({ part }) => part),
  ]);
}

const RULE = `// ${'='.repeat(100)}`;

const banner = ({ title, about }: Section): string =>
  [RULE, `// ${title}`, '//', ...about.split('\n').map((line) => `// ${line}`), RULE, ''].join('\n');

/** The lines and the digest of each section: what was read once need not be read again. */
function contents(about: string, before: string, sections: readonly Written[]): string {
  const render = (first: number): { readonly text: string; readonly lines: number } => {
    let from = first;
    const rows = sections.map(({ title, text }) => {
      const to = from + linesOf(text) - 1;
      const row = `${String(from).padStart(6)} ${String(to).padStart(6)}  ${sha256(text)}  ${title}`;
      from = to + 1;
      return row;
    });
    const text = `/*\n${about}\n\n  from     to  sha256 of these lines\n${rows.join('\n')}\n*/\n`;
    return { text, lines: linesOf(text) };
  };
  return render(render(0).lines + linesOf(before) + 1).text;
}

const linesOf = (text: string): number => text.split('\n').length - 1;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
