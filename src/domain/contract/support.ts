import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { classify } from './classify.ts';

interface Text {
  readonly path: RepoPath;
  readonly text: string;
}

const SCRIPT = /\.[cm]?[jt]sx?$/;
const PYTHON = /\.py$/;
const GO = /\.go$/;
/** A source of a crate, with the folder that the crate lies in. */
const CRATE = /(?:^|\/)([^/]+)\/src\/(?:[^/]+\/)*[^/]+\.rs$/;
const CARGO = /(^|\/)Cargo\.toml$/;
const CODE = /\.([cm]?[jt]sx?|py|go|rs|rb|php|java|kt|groovy|cs|c|cc|cpp|cxx|h|hpp|swift|scala|sh)$/;
/** What speaks about a file without using it. */
const PROSE = /(^|\/)(\.[^/]*|docs?\/.*|[^/]*\.(md|rst|adoc|lock))$/;
/** What others than code read where it stands in the root: browsers, hosts and tools. */
const PUBLISHED = /^(index\.html?|404\.html|action\.ya?ml|manifest\.(json|webmanifest)|openapi\.(json|ya?ml)|robots\.txt|Makefile|(Dockerfile|Containerfile|docker-compose|compose)[^/]*)$/i;
/** How code of a language shows that it compares what others give it, and how others name a file of it by its stem. */
interface Checks {
  readonly of: RegExp;
  readonly uses: RegExp;
  /** What stands around the stem, as patterns; in most languages it is the name of a type or a file. */
  readonly named?: (stem: string) => RegExp;
}

const ofJvm = String.raw`^\s*import\s+(?:static\s+)?(?:org\.(?:junit|assertj|hamcrest|opentest4j|testng|mockito)|junit\.framework|com\.google\.common\.truth|io\.kotest|kotlin\.test)\b`;
const CHECKS: readonly Checks[] = [
  {
    of: SCRIPT,
    uses: /(?:from|require\(|import\(|import)\s*['"](?:node:)?(?:assert(?:\/strict)?|test|vitest|chai|expect|should|tape|tap|ava|jest|@jest\/\w+|@playwright\/test|uvu\/assert)['"]|\bexpect\s*\(/,
    named: (stem) => new RegExp(`['"\`][^'"\`\\n]*\\b${stem}(?:/|/index)?(?:\\.[cm]?[jt]sx?)?['"\`]`),
  },
  {
    of: PYTHON,
    uses: /^\s*(?:from|import)\s+(?:pytest|unittest|nose|hypothesis|assertpy)\b|^(?![\s\S]*^\s+return\b)[\s\S]*^\s*assert\s/m,
    named: (stem) => new RegExp(`^\\s*(?:from|import)\\b[^\\n]*\\b${stem}\\b`, 'm'),
  },
  { of: GO, uses: /\btesting\.(?:T|TB|B|F)\b|"github\.com\/(?:stretchr\/testify|onsi\/gomega)/, named: (stem) => new RegExp(`"(?:[^"\\n]*/)?${stem}"`) },
  { of: /\.(java|kt|groovy|scala)$/, uses: new RegExp(`${ofJvm}|^(?![\\s\\S]*\\breturn\\b)[\\s\\S]*\\bnew AssertionError\\b`, 'm') },
  { of: /\.cs$/, uses: /^\s*using\s+(?:static\s+)?(?:Xunit|NUnit|Microsoft\.VisualStudio\.TestTools|FluentAssertions|Shouldly)\b/m },
  { of: /\.php$/, uses: /\bPHPUnit\\Framework\b/ },
  { of: /\.rb$/, uses: /\bRSpec\b|\bMinitest\b|\bTest::Unit\b|\bexpect\s*[({]/ },
  { of: /\.(h|hh|hpp|hxx|c|cc|cpp|cxx)$/, uses: /#\s*include\s*[<"](?:gtest|gmock|catch2|doctest|boost\/test)|\b__LINE__\b[\s\S]*\b(?:abort|_?exit)\s*\(|\b(?:abort|_?exit)\s*\([\s\S]*\b__LINE__\b/ },
];
const NAMED = (stem: string): RegExp => new RegExp(`(?<![\\w-])${stem}(?![\\w-])`);

/** The name that a module is loaded by: of its folder, where it stands for that. */
const stemOf = (path: RepoPath): string => {
  if (GO.test(path)) return folderOf(path);
  const crate = CRATE.exec(path)?.[1];
  if (crate !== undefined) return crate;
  const stem = nameOf(path).replace(/\.[^.]+$/, '');
  return /^(index|__init__)$/.test(stem) && folderOf(path) !== '' ? folderOf(path) : stem;
};
const nameOf = (path: RepoPath): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: RepoPath): string => path.split('/').at(-2) ?? '';
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Changed files of a base that may be of its tests although they lie elsewhere, with what to look for in the base. */
export const mayBeSupport = (changes: readonly PathChange[]): readonly { readonly path: RepoPath; readonly needles: readonly string[] }[] =>
  changes
    .filter(({ path, change, newMode }) => change !== 'added' && !PUBLISHED.test(path) && (classify(path, newMode) === 'source' || CRATE.test(path)))
    .map(({ path }) => ({ path, needles: needlesFor(path) }))
    .filter(({ needles }) => needles.length > 0);

/** What to look for in the base for files that may name this one; empty where nothing could tell. */
export function needlesFor(path: RepoPath): readonly string[] {
  if (CODE.test(path)) return CRATE.test(path) || CHECKS.some(({ of }) => of.test(path)) ? [stemOf(path)].filter((stem) => stem !== '') : [];
  const folder = folderOf(path);
  return [nameOf(path), ...(folder === '' ? [] : ['/', "'", '"', '`'].map((end) => `${folder}${end}`))];
}

/**
 * Whether a file outside of the folders of tests is a part of the tests all the same: its text is a helper that checks, or data, and
 * among the files of the base that name it are tests and nothing else. Then it is laid over like a test (trust rule T6).
 */
export function supportsTests({ path, text }: Text, naming: readonly Text[]): boolean {
  if (CRATE.test(path)) return PANICS.test(text) && isForTestsOnly(stemOf(path), naming);
  const names = CODE.test(path) ? namesModule(path, text) : namesData(path);
  if (names === null) return false;
  const by = naming.filter((each) => each.path !== path && !isBeside(path, each.path) && !PROSE.test(each.path) && names(each.text));
  return by.length > 0 && by.every((each) => classify(each.path) === 'test');
}

/** In Go, the files of one package do not name it to use it. */
const isBeside = (path: RepoPath, other: RepoPath): boolean => GO.test(path) && GO.test(other) && path.slice(0, -nameOf(path).length) === other.slice(0, -nameOf(other).length);

const PANICS = /\b(?:debug_)?assert(?:_\w+)?!|\bpanic!/;

/** A crate that manifests of others name for their tests, and none for more. */
function isForTestsOnly(crate: string, naming: readonly Text[]): boolean {
  const name = NAMED_CRATE(escape(crate));
  const kinds = naming.filter((each) => CARGO.test(each.path) && folderOf(each.path) !== crate).flatMap(({ text }) => {
    let section = '';
    return text.split('\n').flatMap((line) => {
      section = /^\s*\[+([^\]]+)/.exec(line)?.[1] ?? section;
      return name.test(line) && DEPENDS.test(section) && !section.startsWith('workspace') ? [section] : [];
    });
  });
  return kinds.length > 0 && kinds.every((section) => /\bdev[-_]dependencies\b/.test(section));
}

const DEPENDS = /(?:^|\.)(?:dev[-_]|build[-_])?dependencies(?:\.|$)/;
const NAMED_CRATE = (crate: string): RegExp => new RegExp(`(?<!\\w)${crate}(?!\\w)`);

type Names = (text: string) => boolean;

function namesModule(path: RepoPath, text: string): Names | null {
  const checks = CHECKS.find(({ of, uses }) => of.test(path) && uses.test(text));
  if (!checks) return null;
  const pattern = (checks.named ?? NAMED)(escape(stemOf(path)));
  return (other) => pattern.test(other);
}

/** By its name, or by its folder as a place to look into: not where the folder is only on the way to code. */
function namesData(path: RepoPath): Names {
  const name = nameOf(path);
  const folder = folderOf(path);
  const place = new RegExp(`(?<![\\w.-])${escape(folder)}(?:['"\`]|/(?![\\w./-]*\\.(?:[cm]?[jt]sx?|py|go|rs|rb|php|java|kt|cs|cc?|cpp|cxx|h|hpp)\\b))`);
  return (other) => other.includes(name) || (folder !== '' && place.test(other));
}
