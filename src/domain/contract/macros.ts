import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { classify } from './classify.ts';
import type { Reading } from './reach.ts';

const HEADER = /\.(?:h|hh|hpp|hxx|inl|ipp|tpp)$/i;
const DEFINES = /^[ \t]*#[ \t]*define[ \t]+(\w+)/gm;
/** Words of the language and of its library, and of those that assert. What a project calls its own constants is in capitals. */
/** What libraries of the language use inside, and no code of a project may name: `assert` calls one. */
const OF_THE_LANGUAGE = /^__?[a-z]\w*$/;
const OF_OTHERS = /^(?:NDEBUG|[a-z_]\w*|(?:EXPECT|ASSERT|REQUIRE|CHECK|TEST|BOOST|DOCTEST|CATCH)(?:_\w+)?)$/;

/**
 * Headers that make a macro of a word which tests of the base use and no file of the base defines: `assert`, `strcmp`, `return`. What
 * tests say means something else then, so such a header is not shown to be the product.
 */
export async function redefiningHeaders(
  changes: readonly PathChange[],
  { before, candidate, mentions }: Pick<Reading, 'before' | 'candidate' | 'mentions'>,
): Promise<readonly RepoPath[]> {
  const found = changes.flatMap(({ path, change, newMode }) => {
    if (change === 'deleted' || !HEADER.test(path) || classify(path, newMode) !== 'source') return [];
    const old = new Set(definedIn(before(path) ?? ''));
    const words = definedIn(candidate(path) ?? '').filter((word) => OF_OTHERS.test(word) && !old.has(word));
    return words.length > 0 ? [{ path, words }] : [];
  });
  if (found.length === 0) return [];
  const texts = await mentions([...new Set(found.flatMap(({ words }) => words))]);
  const defined = new Set(texts.flatMap(({ text }) => definedIn(text)));
  const tests = texts.filter(({ path }) => classify(path) === 'test').map(({ text }) => text);
  // Neither stands in a test: they ask for assertions, and these are behind them.
  const isUsed = (word: string): boolean =>
    word === 'NDEBUG' || OF_THE_LANGUAGE.test(word) || tests.some((text) => new RegExp(`\\b${word}\\b`).test(text));
  return found.filter(({ words }) => words.some((word) => !defined.has(word) && isUsed(word))).map(({ path }) => path);
}

const definedIn = (text: string): readonly string[] => [...text.matchAll(DEFINES)].map(([, word = '']) => word);
