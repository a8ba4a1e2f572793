import { existsSync, readFileSync } from 'node:fs';
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
  // Where the test command names its files, the test goes to the end of one of them.
  const tests = existsSync(join(checkout, feature.test)) ? readFileSync(join(checkout, feature.test), 'utf8') : '';
  return {
    source: { path: feature.source, content: `${before}${source}` },
    test: { path: feature.test, content: `${tests}${text(feature.testLines, style.test)}` },
  };
}

/** The same with a function that is there and does nothing: what a session that only says that it is done leaves. */
export function hollowSource({ path, content }: Written): Written {
  const empty = content
    .replace(/Math\.min\(Math\.max\(value, low\), high\)/, '0')
    .replace(/core::cmp::min\(core::cmp::max\(value, low\), high\)/, 'let _ = (value, low, high);\n    0')
    .replace(/\bmin\(max\(value, low\), high\)/, '0')
    .replace(/min\(max\(\$value, \$low\), \$high\)/, '0')
    .replace(/value\.clamp\(low, high\)/, '0')
    .replace(/\tif value < low \{[^]*?\treturn value\n/, '\treturn 0\n');
  return { path, content: empty };
}

const capital = (name: string): string =>
  name.replaceAll(/(?:^|[_-])(\w)/g, (_all, letter: string) => letter.toUpperCase());
