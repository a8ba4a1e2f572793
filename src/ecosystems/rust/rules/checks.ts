import type { ChecksRules, Text } from '../../../domain/contract/language-rules.ts';

const SOURCE = /^(?:(?:.*\/)?([^/]+)\/)?src\/(.+)\.rs$/;
const CARGO = /(^|\/)Cargo\.toml$/;

/** The crate by the name of its folder, and the modules that a source of it stands in. */
function needles(path: string): readonly string[] {
  if (!SOURCE.test(path)) return [];
  const [crate] = placeOf(path);
  return [...(crate === '' ? [] : [crate]), ...modulesOf(path).map((module) => `mod ${module};`)];
}

/** A source that only tests can use: of a crate for them, or in a module that is there for tests alone. */
const isForTests = ({ path, text }: Text, naming: readonly Text[]): boolean =>
  SOURCE.test(path) &&
  (modulesOf(path).some((module) => isModuleForTests(path, module, naming)) ||
    (stopsOthers({ path, text }, naming) && isCrateForTests(placeOf(path)[0], naming)));

function placeOf(path: string): readonly [crate: string, inside: string] {
  const [, crate = '', inside = ''] = SOURCE.exec(path) ?? [];
  return [crate, inside];
}

const modulesOf = (path: string): readonly string[] =>
  placeOf(path)[1]
    .split('/')
    .filter((each) => !/^(?:lib|main|mod|bin)$/.test(each));

/** Each place of the same crate that declares it does so for tests. */
function isModuleForTests(path: string, module: string, naming: readonly Text[]): boolean {
  const sources = path.slice(0, path.length - placeOf(path)[1].length - '.rs'.length);
  const found = naming
    .filter((each) => each.path.startsWith(sources))
    .flatMap((each) => declarationsOf(module, each.text));
  return found.length > 0 && found.every((attributes) => attributes.includes('#[cfg(test)]'));
}

/** The attributes before each declaration of a module. */
function declarationsOf(module: string, text: string): readonly string[] {
  const declares = new RegExp(
    `^[ \\t]*((?:#\\[[^\\]]*\\][ \\t]*)*)(?:pub(?:\\([^)]*\\))?[ \\t]+)?mod[ \\t]+${escape(module)}[ \\t]*;`,
  );
  const found: string[] = [];
  let attributes = '';
  for (const line of text.split('\n')) {
    const declared = declares.exec(line);
    if (declared) found.push(attributes + (declared[1] ?? ''));
    if (/^\s*#\[/.test(line) && !declared) attributes += line;
    // A comment between an attribute and what it is for changes nothing.
    else if (!/^\s*(?:\/\/.*)?$/.test(line)) attributes = '';
  }
  return found;
}

const PANICS = /\b(?:debug_)?assert(?:_\w+)?!|\bpanic!/;
/** What stops a test by the way, as code of a product does too. */
const STOPS = /\b(?:unreachable|todo)!|\.(?:unwrap|expect)(?:_err)?\(|\b(?:exit|abort)\(/;
const TESTS = /#\[(?:\w+::)*test\b|#\[cfg\(test\)\]/;

/** It stops tests, and has none of its own whose subject it would be. */
const stopsOthers = ({ path, text }: Text, naming: readonly Text[]): boolean =>
  PANICS.test(text) ||
  (STOPS.test(text) &&
    ![text, ...naming.filter((each) => isBeside(path, each.path)).map((each) => each.text)].some((each) =>
      TESTS.test(each),
    ));

/** Of the same crate. */
const isBeside = (path: string, other: string): boolean => other.startsWith(path.slice(0, path.lastIndexOf('src/')));

/** A crate that manifests of others name for their tests, and none for more. */
function isCrateForTests(crate: string, naming: readonly Text[]): boolean {
  if (crate === '') return false;
  const name = NAMED_CRATE(escape(crate));
  // A crate that holds nothing but tests of others names its subject so too.
  const kinds = naming
    .filter((each) => CARGO.test(each.path) && folderOf(each.path) !== crate && !HOLDS_TESTS.test(each.path))
    .flatMap(({ text }) => {
      let section = '';
      return text.split('\n').flatMap((line) => {
        section = /^\s*\[+([^\]]+)/.exec(line)?.[1] ?? section;
        return name.test(line) && DEPENDS.test(section) && !section.startsWith('workspace') ? [section] : [];
      });
    });
  return kinds.length > 0 && kinds.every((section) => /\bdev[-_]dependencies\b/.test(section));
}

const DEPENDS = /(?:^|\.)(?:dev[-_]|build[-_])?dependencies(?:\.|$)/;
const HOLDS_TESTS = /test|bench|fuzz|example|e2e/i;
const NAMED_CRATE = (crate: string): RegExp => new RegExp(`(?<!\\w)${crate}(?!\\w)`);
const folderOf = (path: string): string => path.split('/').at(-2) ?? '';
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Nothing else shows of a source that it is for tests: they stand in it. */
export const checks: ChecksRules = { uses: () => false, needles, isForTests };
