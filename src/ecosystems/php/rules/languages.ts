import { namedWord } from '../../../domain/contract/language-rules.ts';
import { checks } from './checks.ts';
import type { LanguageRules } from '../../../domain/contract/language-rules.ts';

export const languages: readonly LanguageRules[] = [
  {
    files: /\.php$/,
    loaded: 'by_name',
    inTests: 'tests',
    checks,
    namedAs: namedWord,
    runs: { language: 'PHP', names: /^php$/i, ends: '.php', with: 'php', nothing: '<?php\n' },
    additions: {
      startsTest: [/^\s*public\s+function\s+test\w*\s*\(/, /^\s*#\[(Test|DataProvider)\b/, /^\s*\{\s*$/],
      holdsTests: /^\s*\{\s*$|^\s*(?:final\s+)?class\s+\w+[^{]*\{\s*$/,
      defines: /\bfunction\s+(\w+)/,
      lineComment: /^\s*(\/\/|#(?!\[))/,
      brackets: true,
    },
  },
];
