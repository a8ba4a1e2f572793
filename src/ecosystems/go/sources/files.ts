import { posix } from 'node:path';

const withoutComments = (text: string): string => text.replace(/\/\/.*$/gm, '');

/** What the directives of this name say, a block in brackets or one line each. */
const said = (text: string, directive: string): readonly string[] =>
  [...withoutComments(text).matchAll(new RegExp(`^${directive}\\s*(?:\\(([^)]*)\\)|(.+))`, 'gm'))].flatMap(
    ([, block, one]) => (block ?? one ?? '').split('\n'),
  );

const firstWord = (line: string): readonly string[] => {
  const [, quoted, plain] = /^\s*(?:"([^"]*)"|([^\s"]+))/.exec(line) ?? [];
  const word = quoted ?? plain;
  return word === undefined ? [] : [word];
};

/** The path of the module of a `go.mod`; empty when it names none. */
export const moduleName = (text: string): string => said(text, 'module').flatMap(firstWord)[0] ?? '';

/** The paths of the modules that a `go.mod` requires. */
export const modulesRequired = (text: string): readonly string[] => said(text, 'require').flatMap(firstWord);

/** The folders that a `go.work` uses. */
export const foldersUsed = (text: string): ReadonlySet<string> =>
  new Set(
    said(text, 'use')
      .flatMap(firstWord)
      .map((folder) => posix.normalize(folder).replace(/(?<=.)\/+$/, '')),
  );
