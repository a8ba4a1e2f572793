import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Feature } from './entry.ts';
import { styleOf } from './styles.ts';

export interface Written {
  readonly path: string;
  readonly content: string;
}

const stem = (path: string): string => basename(path).replace(/\..*$/, '');

/** The new function and its test, as files of the checkout. */
export function featureFiles(feature: Feature, checkout: string): { readonly source: Written; readonly test: Written } {
  const style = styleOf(feature.style);
  const fill = (text: string): string =>
    text
      .replaceAll('{import}', feature.import)
      .replaceAll('{name}', capital(stem(feature.source)))
      .replaceAll('{test}', stem(feature.test))
      .replaceAll('{n}', /\.[mc]?tsx?$/.test(feature.source) ? ': number' : '');
  const text = (lines: readonly string[] | undefined, from: string): string =>
    lines === undefined ? fill(from) : `${lines.join('\n')}\n`;
  const source = text(feature.sourceLines, style.source);
  const before = style.append === true ? readFileSync(join(checkout, feature.source), 'utf8') : '';
  return {
    source: { path: feature.source, content: `${before}${source}` },
    test: { path: feature.test, content: text(feature.testLines, style.test) },
  };
}

const capital = (name: string): string =>
  name.replaceAll(/(?:^|[_-])(\w)/g, (_all, letter: string) => letter.toUpperCase());
