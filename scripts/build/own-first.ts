import { parser } from '@lezer/javascript';

/** The text of one module in a bundle of esbuild, which names it in a comment before it. */
interface Part {
  readonly path: string;
  readonly text: string;
}

const MARK = /^(?=\/\/ (?:src|node_modules|left-out:)\S*$)/m;
const LICENSES = '/*! Bundled license information:';
const IMPORT = /^import [^;]*;\n/gm;

/** A bundle with its own code first and its libraries, as they are published, at the end; and at the top what stands where. */
export function ownFirst(bundle: string, about: string): string {
  const [code = '', licenses = ''] = bundle.split(LICENSES);
  const [head = '', ...texts] = code.split(MARK);
  const parts = texts.map((text): Part => ({ path: /^\/\/ (\S+)/.exec(text)?.[1] ?? '', text }));
  const own = parts.filter(({ path }) => path.startsWith('src/'));
  const libraries = parts.filter(({ path }) => !path.startsWith('src/'));
  const theirs = libraries.map(({ text }) => text).join('');
  const ours = own.map(({ text }) => text).join('');
  const used = declared(theirs).filter((name) => ours.includes(name));
  const names = used.join(', ');
  const body = [
    ...(theirs.match(IMPORT) ?? []),
    `\nvar { ${names} } = omkLibraries();\n\n`,
    ours,
    `function omkLibraries() {\n${theirs.replaceAll(IMPORT, '')}\nreturn { ${names} };\n}\n`,
    licenses === '' ? '' : `${LICENSES}${licenses}`,
  ].join('');
  return `/*\n${about}\n\n${contents(own, libraries)}\n*/\n${head}${body}`;
}

/** Names that the top of a program declares. */
function declared(text: string): readonly string[] {
  const found: string[] = [];
  const cursor = parser.parse(text).cursor();
  if (!cursor.firstChild()) return found;
  do {
    const isOne = ['VariableDeclaration', 'FunctionDeclaration', 'ClassDeclaration'].includes(cursor.name);
    const names = isOne ? cursor.node.getChildren('VariableDefinition') : [];
    found.push(...names.map(({ from, to }) => text.slice(from, to)));
  } while (cursor.nextSibling());
  return found;
}

/** How many lines each folder of the sources and each library has, in the order of the file. */
function contents(own: readonly Part[], libraries: readonly Part[]): string {
  return [
    'Lines of its own, a module after those that it needs:',
    ...counted(own, (path) => path.split('/').slice(0, 2).join('/')),
    'Lines of libraries, as published, from "function omkLibraries" on:',
    ...counted(libraries, (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'left out'),
  ].join('\n');
}

function counted(parts: readonly Part[], nameOf: (path: string) => string): readonly string[] {
  const groups = Map.groupBy(parts, ({ path }) => nameOf(path));
  const lines = [...groups].map(([name, all]) => ({
    name,
    lines: all.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0),
  }));
  const sum = lines.reduce((total, each) => total + each.lines, 0);
  return [...lines, { name: 'together', lines: sum }].map((each) => `${String(each.lines).padStart(7)}  ${each.name}`);
}
