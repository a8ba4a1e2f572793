import type { ReadFile } from './test-case.ts';

type Read = Extract<ReadFile, { readonly kind: 'read' }>;

/** An import that binds names, as it stands in what is outside of tests: of Python in a line, of JavaScript up to its source. */
const IMPORT =
  /^((?:from [\w.]+ )?import )([\w., ]+)$|\b(import)\b([\w$ ,{}*]+)(?=from ?['"])(from ?(?:'[^'\n]*'|"[^"\n]*");?)/gm;

/** Whether outside of its tests a file lost nothing but imports of names that it does not use any more. */
export function lostOnlyUnused(base: Read, candidate: Read): boolean {
  const code = [candidate.rest.replace(IMPORT, ''), ...candidate.tests.map(({ body }) => body)].join('\n');
  const isUsed = (name: string): boolean =>
    new RegExp(String.raw`(?<![\w$])${name.replaceAll('$', String.raw`\$`)}(?![\w$])`).test(code);
  const kept = base.rest.replace(
    IMPORT,
    (statement: string, line?: string, listed = '', word?: string, names = '', source = '') => {
      const parts = (line === undefined ? names : listed).replace(/^\s*type\b/, '').split(',');
      const bound = parts.map((part: string) => boundBy(part));
      if (bound.some((name: string | null) => name === null)) return statement;
      const left = parts.filter((_: string, index: number) => isUsed(bound[index] ?? ''));
      if (left.length === parts.length) return statement;
      if (left.length === 0) return '';
      return line === undefined
        ? `${word}${names.startsWith('{') ? `{${braceless(left)}}` : ' '}${source}`
        : `${line}${left.join(',').trim()}`;
    },
  );
  return kept !== base.rest && dense(kept) === dense(candidate.rest);
}

/** The name that a part of an import makes known; null where that cannot be told. */
function boundBy(part: string): string | null {
  const words = part.replace(/[{}*]/g, ' ').trim();
  const [, as] = /\bas ([\w$]+)$/.exec(words) ?? [];
  return as ?? /^[\w$]+/.exec(words)?.[0] ?? null;
}

const braceless = (parts: readonly string[]): string => parts.join(',').replace(/[{}]/g, '').trim();

/** Without the empty lines that lost statements leave. Indentation stays: in Python it says what a line belongs to. */
const dense = (text: string): string => text.replace(/\n{2,}/g, '\n').replace(/^\n|\n$/g, '');
