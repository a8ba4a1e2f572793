import { allOf } from '../../ecosystems/rules.ts';
import type { RepoPath } from '../ids.ts';
import { HASH_COMMENTS, SLASH_COMMENTS, type LanguageRules, type Runs } from './language-rules.ts';

/** Languages of no ecosystem that omk knows. */
const OTHERS: readonly LanguageRules[] = [
  {
    files: /\.sh$/,
    loaded: 'by_name',
    inTests: 'helpers',
    comments: HASH_COMMENTS,
    runs: { language: 'shell', names: /^(?:shell|sh|bash)$/i, ends: '.sh', with: 'sh', nothing: '' },
  },
  { files: /\.(?:bash|zsh|pl|ex|exs|ps1)$/, loaded: 'by_name', inTests: 'neither', comments: HASH_COMMENTS },
  { files: /\.lua$/, loaded: 'by_name', inTests: 'neither' },
  { files: /\.swift$/, loaded: 'compiled', inTests: 'helpers' },
  { files: /\.(?:m|mm|zig|hs|ml|proto)$/, loaded: 'compiled', inTests: 'neither' },
];
const LANGUAGES: readonly LanguageRules[] = [...allOf(({ languages }) => languages), ...OTHERS];

/** How programs are run, of every language in which one can be started as it is. */
export const RUNS: readonly Runs[] = LANGUAGES.flatMap(({ runs }) => runs ?? []);

export const runsOf = (path: RepoPath): Runs | undefined => languageOf(path)?.runs;

/** The language of a file by its name; null for what is no code. */
export const languageOf = (path: RepoPath): LanguageRules | null =>
  LANGUAGES.find(({ files }) => files.test(path)) ?? null;

/** What is compiled is the product wherever it lies: a compiler reads it because a build says so, and builds are the base's. */
export const isCompiled = (path: RepoPath): boolean => languageOf(path)?.loaded === 'compiled';

/** Code of a language that is loaded by its name while it runs. */
export const isScript = (path: RepoPath): boolean => languageOf(path)?.loaded === 'by_name';

const STAND_FOR_FOLDER = new Set(LANGUAGES.flatMap(({ standForFolder }) => standForFolder ?? []));

/** Whether files of this name, without its ending, stand for their folder. */
export const standsForFolder = (stem: string): boolean => STAND_FOR_FOLDER.has(stem);

/** Tests stand in it among the product. */
export const holdsTestsInside = (path: RepoPath): boolean => languageOf(path)?.testsInside !== undefined;

/** Code in which tests are written. */
export const mayHoldTests = (path: RepoPath): boolean => languageOf(path)?.inTests === 'tests';

/** Code that tests may use: of a language in which they are written, or beside it. */
export const mayHelpTests = (path: RepoPath): boolean => !['neither', undefined].includes(languageOf(path)?.inTests);

/** Without lines that only speak: a comment loads nothing. */
export const withoutComments = (path: RepoPath, text: string): string =>
  isScript(path) ? text.replace(languageOf(path)?.comments ?? SLASH_COMMENTS, '') : text;
