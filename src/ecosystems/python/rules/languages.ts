import { checks } from './checks.ts';
import { foundFirstBy, namedAs } from './named.ts';
import { HASH_COMMENTS, type LanguageRules } from '../../../domain/contract/language-rules.ts';

export const languages: readonly LanguageRules[] = [
  {
    files: /\.py$/,
    loaded: 'by_name',
    inTests: 'tests',
    checks,
    standForFolder: ['__init__', '__main__'],
    namedAs,
    foundFirstBy,
    runs: { language: 'Python', names: /^python3?$/i, ends: '.py', with: 'python3', nothing: '' },
    comments: HASH_COMMENTS,
    additions: {
      startsTest: [/^\s*(async\s+)?def\s+test_/, /^\s*class\s+Test/, /^\s*@/],
      holdsTests: /^\s*class\s+Test.*:\s*$/,
      defines: /^\s*(?:async\s+)?(?:def|class)\s+(\w+)/,
      lineComment: /^\s*#/,
      brackets: false,
      imports: {
        listed: [/^(?<head>from\s+[\w.]+\s+import\s+)(?:\(\s*)?(?<names>\w[\w\s,]*)\)?(?<tail>)$/],
        single: [/^import\s+[\w.]+\s+as\s+(?<names>\w+)$/, /^import\s+(?<names>\w+)(?:\.\w+)*$/],
        open: [{ begins: /^from\s+[\w.]+\s+import\s+\([\w\s,]*$/, ends: /^[\w\s,]*\)\s*$/ }],
      },
    },
  },
  { files: /\.(?:pyx|pxd)$/, loaded: 'compiled', inTests: 'neither' },
];
