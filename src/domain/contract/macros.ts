import { allOf } from '../../ecosystems/rules.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { classify } from './classify.ts';
import type { MacroRules } from './ecosystem-rules.ts';
import type { Reading } from './reach.ts';

const MACROS = allOf(({ macros }) => (macros ? [macros] : []));

/**
 * Headers that make a macro of a word which tests of the base use and no file of the base defines: `assert`, `strcmp`, `return`. What
 * tests say means something else then, so such a header is not shown to be the product.
 */
export const redefiningHeaders = async (
  changes: readonly PathChange[],
  reading: Pick<Reading, 'before' | 'candidate' | 'mentions'>,
): Promise<readonly RepoPath[]> =>
  (await Promise.all(MACROS.map((rules) => redefiningBy(rules, changes, reading)))).flat();

async function redefiningBy(
  { files, defines, ofOthers, always }: MacroRules,
  changes: readonly PathChange[],
  { before, candidate, mentions }: Pick<Reading, 'before' | 'candidate' | 'mentions'>,
): Promise<readonly RepoPath[]> {
  const definedIn = (text: string): readonly string[] => [...text.matchAll(defines)].map(([, word = '']) => word);
  const found = changes.flatMap(({ path, change, newMode }) => {
    if (change === 'deleted' || !files.test(path) || classify(path, newMode) !== 'source') return [];
    const old = new Set(definedIn(before(path) ?? ''));
    const words = definedIn(candidate(path) ?? '').filter((word) => ofOthers.test(word) && !old.has(word));
    return words.length > 0 ? [{ path, words }] : [];
  });
  if (found.length === 0) return [];
  const texts = await mentions([...new Set(found.flatMap(({ words }) => words))]);
  const defined = new Set(texts.flatMap(({ text }) => definedIn(text)));
  const tests = texts.filter(({ path }) => classify(path) === 'test').map(({ text }) => text);
  const isUsed = (word: string): boolean =>
    always.test(word) || tests.some((text) => new RegExp(`\\b${word}\\b`).test(text));
  return found.filter(({ words }) => words.some((word) => !defined.has(word) && isUsed(word))).map(({ path }) => path);
}
