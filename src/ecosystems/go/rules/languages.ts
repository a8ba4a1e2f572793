import { checks } from './checks.ts';
import type { LanguageRules } from '../../../domain/contract/language-rules.ts';

export const languages: readonly LanguageRules[] = [
  {
    files: /\.go$/,
    loaded: 'compiled',
    inTests: 'tests',
    checks,
    runs: {
      language: 'Go',
      names: /^go(?:lang)?$/i,
      ends: '.go',
      with: 'go run',
      nothing: 'package main\n\nfunc main() {}\n',
    },
    isByFolder: true,
    takesOver: /\bTestMain\b/,
    additions: {
      startsTest: [/^func\s+(Test(?!Main\b)|Benchmark|Fuzz|Example)/],
      defines: /^func\s+(\w+)/,
      lineComment: /^\s*\/\//,
      brackets: true,
    },
  },
];
