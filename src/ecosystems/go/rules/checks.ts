import type { ChecksRules, Text } from '../../../domain/contract/language-rules.ts';

const TAKES_TEST = /^[^/\n]*\btesting\.(?:T|TB|B|F)\b/m;

export const checks: ChecksRules = {
  uses: (text) =>
    (TAKES_TEST.test(text) || /"github\.com\/(?:stretchr\/testify|onsi\/gomega)/.test(text)) && offersTestsOnly(text),
  named: (stem) => new RegExp(`"(?:[^"\\n]*/)?${stem}"`),
  isForTests: (file, naming) => takesTestsOnly(file.text) || isForTestsOfOthers(file, naming),
};

const takesTest = (line: string): boolean => /\btesting\.(?:T|TB|B|F)\b/.test(line);

/** A package of Go that has functions for others than tests, or is a program, is the subject of its own. */
const offersTestsOnly = (text: string): boolean =>
  !/^package main\b/m.test(text) &&
  functionsOf(text)
    .filter((each) => /^func[ \t]+[A-Z]/.test(each))
    .every(takesTest);

/** A file of Go all of whose functions take a test: nothing but tests can call them. */
function takesTestsOnly(text: string): boolean {
  const functions = functionsOf(text);
  return functions.length > 0 && functions.every(takesTest);
}

/** What each function takes, on one line or on several. */
const functionsOf = (text: string): readonly string[] =>
  text.match(/^func\b.*(?:(?<=\()\n(?:[ \t].*\n)+\).*)?$/gm) ?? [];

/**
 * A package that nothing but tests of other packages imports, each beside what it tests itself, and that has no tests of its own:
 * whatever it imports, it is none of their subjects.
 */
function isForTestsOfOthers({ path, text }: Text, naming: readonly Text[]): boolean {
  const name = folderOf(path).split('/').at(-1) ?? '';
  if (name === '' || /^package main\b/m.test(text)) return false;
  const imports = new RegExp(`"(?:[^"\\n]*/)${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"`);
  const sources = naming.filter((each) => each.path.endsWith('.go'));
  const [own, others] = [
    sources.filter((each) => folderOf(each.path) === folderOf(path)),
    sources.filter((each) => folderOf(each.path) !== folderOf(path) && imports.test(each.text)),
  ];
  return others.length > 0 && !own.some(isTest) && others.every((each) => isTest(each) && isInside(each.text));
}

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');
const isTest = ({ path }: Text): boolean => path.endsWith('_test.go');

/** A test of the package that it lies in, and not only of what it imports. */
const isInside = (text: string): boolean => /^package (?!\w+_test\b)/m.test(text);
