import { checks, constantOf } from './checks.ts';
import { HASH_COMMENTS, type LanguageRules } from '../../../domain/contract/language-rules.ts';

export const languages: readonly LanguageRules[] = [
  {
    files: /\.rb$/,
    loaded: 'by_name',
    inTests: 'tests',
    checks,
    constantOf,
    namedAs: (stem) => {
      const name = stem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      return new RegExp(String.raw`['"](?:[\w./-]*/)?${name}(?:\.rb)?['"]|\b${constantOf(stem)}\b`);
    },
    runs: { language: 'Ruby', names: /^ruby$/i, ends: '.rb', with: 'ruby', nothing: '' },
    comments: HASH_COMMENTS,
    additions: {
      startsTest: [/^\s*(it|specify|example|describe|context|RSpec\.describe)\b/, /^\s*end\s*$/],
      holdsTests: /^\s*(describe|context|RSpec\.describe)\b.*\bdo\s*$/,
      lineComment: /^\s*#/,
      brackets: true,
      words: { open: /\bdo\b|^\s*(?:if|unless|case|while|until|begin|def|class|module)\b/, close: /^\s*end\b/ },
    },
  },
];
