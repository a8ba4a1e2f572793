import type { RepoPath } from '../ids.ts';

/** A line that switches off what a checker said. */
export interface Suppression {
  readonly path: RepoPath;
  /** Counted from 1 in the candidate; 0 where the file itself was taken from the checker. */
  readonly line: number;
  readonly text: string;
}

/** What tells a tool to say less, in the words that all of them use, whatever the tool is called. */
const WORDS = [
  String.raw`\b[\w@:-]*(?:ignore|disable|suppress|no-?qa|no-?check|no-?lint|nosec|nosonar|nocover)`,
  String.raw`expect-error|no cover|type:\s*any|fmt:\s*(?:off|skip)|\bisort:\s*skip|\b[\w-]+:\s*off\b|typed:\s*(?:false|ignore)|-format off`,
];
const COMMENT = String.raw`(?:\/\/|\/\*|#|<!--|--|;|\{\{!)[^\n]{0,200}?`;
const ATTRIBUTES = [
  String.raw`#!?\[\s*(?:cfg_attr\([^\n]*)?(?:allow|expect|rustfmt::skip)\b`,
  String.raw`@(?:file:)?Suppress\w*|@no_type_check|\[[^\]\n]*SuppressMessage|@(?:phpstan|psalm)-\w+`,
  String.raw`#\s*pragma\s+(?:warning|GCC|clang)\b[^\n]*(?:disable|ignored)|#\s*nullable\s+disable`,
];
/** A type that everything fits. */
const ANY_TYPE = [
  String.raw`\bas\s+any\b|\bas\s+unknown\s+as\b|<any>|:\s*any\b`,
  String.raw`\bcast\(\s*["']?(?:typing\.)?Any\b|(?:->|:)\s*Any\b`,
];
const SUPPRESSES = [
  new RegExp(`${COMMENT}(?:${WORDS.join('|')})`, 'i'),
  new RegExp([...ATTRIBUTES, ...ANY_TYPE].join('|')),
];

const suppresses = (line: string): boolean => line.length < 2000 && SUPPRESSES.some((pattern) => pattern.test(line));

/** The suppressions of a text that it did not have before, wherever they stood. */
export function addedSuppressions(path: RepoPath, base: string | null, candidate: string): readonly Suppression[] {
  const before = new Set((base ?? '').split(/\r?\n/).map((line) => line.trim()));
  return candidate.split(/\r?\n/).flatMap((line, index) => {
    const text = line.trim();
    return !before.has(text) && suppresses(text) ? [{ path, line: index + 1, text: text.slice(0, 120) }] : [];
  });
}

/** What asks a checker for more than it does by itself. */
const ASKS_FOR_MORE = new RegExp(
  [
    String.raw`@ts-check|@flow\b|strict_types\s*=\s*1|#!?\[\s*(?:deny|forbid|warn)\b`,
    String.raw`\b(?:mypy|pyright|typed):\s*\S*(?:strict|disallow|warn)|diagnostic\s+error|#\s*nullable\s+enable`,
  ].join('|'),
  'i',
);

/** Lines that asked for more and are gone; told by the line they had. */
export function removedDemands(path: RepoPath, base: string | null, candidate: string): readonly Suppression[] {
  const now = new Set(candidate.split(/\r?\n/).map((line) => line.trim()));
  return (base ?? '').split(/\r?\n/).flatMap((line, index) => {
    const text = line.trim();
    return ASKS_FOR_MORE.test(text.slice(0, 2000)) && !now.has(text)
      ? [{ path, line: index + 1, text: `without ${text.slice(0, 110)}` }]
      : [];
  });
}

/** Whether the output of a checker speaks of this file: by its name and folder. */
export const speaksOf = (output: string, path: RepoPath): boolean =>
  output.includes(path.split('/').slice(-2).join('/'));

/** Files that a checker spoke of and that lie under another extension now, where it may not look. */
export const takenAway = (path: RepoPath, added: readonly RepoPath[]): readonly Suppression[] => {
  const stem = path.replace(/\.[^./]+$/, '');
  const now = added.find((each) => each !== path && each.replace(/\.[^./]+$/, '') === stem);
  return now === undefined ? [] : [{ path, line: 0, text: `now ${now}` }];
};
