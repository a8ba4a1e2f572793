import type { Language } from './language.ts';
import type { SyntaxNode } from './nodes.ts';

export interface Range {
  readonly from: number;
  readonly to: number;
}

interface Special extends Range {
  readonly kind: 'comment' | 'string';
}

/** Text of ranges of a file, in a form that formatting and comments do not change. */
export interface Normaliser {
  /** Of a part, without the ranges `cut`, which are in order and do not overlap. */
  text(part: Range, cut?: readonly Range[]): string;
  /** What remains of a part without those ranges. */
  rest(part: Range, cut: readonly Range[]): string;
  /** The same with `""` for each string, to look at what is code. */
  code(part: Range): string;
}

/** Comments that tell a tool something are code. */
const DIRECTIVE = /@|#!|\bgo:|\+build|eslint|istanbul|noqa|pragma|pylint|mypy|type:/;
/** Where the end of a line also ends a statement, in languages that leave it out elsewhere. */
const BROKEN = /\b(return|break|continue|goto|yield|async)[ \t]*\r?\n/g;

export function normaliser(source: string, root: SyntaxNode, language: Language): Normaliser {
  const specials = specialsOf(root, language);
  const gap = { free: freeGap, ended: endedGap, meaningful: meaningfulGap }[language.lines];
  const write = (part: Range, cut: readonly Range[], string: (text: string) => string): string => {
    const indent = language.lines === 'meaningful' ? indentAt(source, part.from) : 0;
    let at = part.from;
    let text = '';
    let code = '';
    /** What is left out stands for a space. */
    const pass = ({ from, to }: Range, instead: string | null): void => {
      if (from < at) return;
      code += source.slice(at, from);
      at = to;
      if (instead === null) code += ' ';
      else {
        text += gap(code, indent) + instead;
        code = '';
      }
    };
    for (const range of merged(within(specials, part), cut)) {
      const raw = source.slice(range.from, range.to);
      if (!('kind' in range)) pass(range, null);
      else if (range.kind === 'string') pass(range, string(raw));
      else pass(range, DIRECTIVE.test(raw) ? raw : null);
    }
    text += gap(code + source.slice(at, Math.max(at, part.to)), indent);
    return text.trim();
  };
  /** So that nothing tells how much was cut. */
  const pieces = (part: Range, cut: readonly Range[]): string => {
    const bounds = [part.from, ...cut.flatMap(({ from, to }) => [from, to]), part.to];
    let at = part.from;
    const found: string[] = [];
    for (let index = 0; index < bounds.length; index += 2) {
      const [from = part.to, to = part.to] = bounds.slice(index, index + 2);
      if (to >= at)
        found.push(write({ from: Math.max(at, from), to }, [], (raw) => raw).replace(/^[;\s]+|[;\s]+$/g, ''));
      at = Math.max(at, bounds[index + 2] ?? part.to);
    }
    return found.filter((piece) => piece !== '').join('');
  };
  return {
    text: (part, cut = []) => write(part, cut, (raw) => raw),
    rest: (part, cut) => (language.lines === 'free' ? pieces(part, cut) : write(part, cut, (raw) => raw)),
    code: (part) => write(part, [], () => '""'),
  };
}

const freeGap = (text: string): string =>
  text
    .replace(BROKEN, '$1\u2028')
    .replace(/[^\S\u2028]+/g, ' ')
    .replace(/ ?([^\w\s$]) ?/g, '$1');

/** A line goes on after what opens or joins, and where the next one begins with a dot. */
const endedGap = (text: string): string =>
  text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .replace(/([,([{|]|&&|\|\|)\n|\n(?=[)\]}]|&?\.\w)/g, '$1')
    .replace(/ ?([,{}]) ?|([([]) | (?=[)\]])/g, '$1$2');

/** Indentation counts from where the part begins, so that a part that moves as a whole stays the same; blank lines do not. */
function meaningfulGap(text: string, indent: number): string {
  const [first = '', ...lines] = text.replace(/\r/g, '').split('\n');
  const last = lines.pop();
  if (last === undefined) return squeezed(first);
  const written = [...lines.filter((line) => line.trim() !== '').map((line) => line.trimEnd()), last];
  return [squeezed(first.trimEnd()), ...written.map((line) => indented(line, indent))].join('\n');
}

const squeezed = (line: string): string => line.replace(/(?<=\S)[ \t]+/g, ' ');

function indented(line: string, less: number): string {
  const code = line.trimStart();
  return ' '.repeat(Math.max(0, widthOf(line.slice(0, line.length - code.length)) - less)) + squeezed(code);
}

const widthOf = (spaces: string): number => spaces.replaceAll('\t', ' '.repeat(8)).length;

function indentAt(source: string, at: number): number {
  const start = source.lastIndexOf('\n', at - 1) + 1;
  return widthOf(/^[ \t]*/.exec(source.slice(start, at))?.[0] ?? '');
}

/** Outermost comments and strings, in order. */
function specialsOf(root: SyntaxNode, { comments, strings }: Language): readonly Special[] {
  const found: Special[] = [];
  const open: SyntaxNode[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    const string = strings.test(node.name) ? 'string' : null;
    const kind = comments.test(node.name) ? 'comment' : string;
    if (kind) found.push({ from: node.from, to: node.to, kind });
    else open.push(...node.children.toReversed());
  }
  return found;
}

/** Those that begin in the part: a binary search, as there are many parts. */
function within(specials: readonly Special[], { from, to }: Range): readonly Special[] {
  const first = (at: number): number => {
    let low = 0;
    for (let high = specials.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((specials[middle]?.from ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return specials.slice(first(from), first(to));
}

const merged = (specials: readonly Special[], cut: readonly Range[]): readonly (Special | Range)[] =>
  cut.length === 0 ? specials : [...cut, ...specials].sort((a, b) => a.from - b.from || b.to - a.to);
