import { namedWord } from '../../../domain/contract/language-rules.ts';
import { checks } from './checks.ts';
import { isOfClass, type LanguageRules } from '../../../domain/contract/language-rules.ts';

export const languages: readonly LanguageRules[] = [
  {
    files: /\.cs$/,
    loaded: 'compiled',
    inTests: 'tests',
    checks,
    namedAs: namedWord,
    additions: {
      startsTest: [
        /^\s*\[(Fact|Theory|InlineData|Test|TestCase|TestMethod|DataRow)\b/,
        /^\s*public\s+(async\s+Task|void)\s+\w+\s*\(/,
        /^\s*\{\s*$/,
      ],
      holdsTests: /^\s*\{\s*$|^\s*(?:(?:public|sealed|partial)\s+)*class\s+\w+[^{]*\{\s*$/,
      defines: /\b(?:void|Task)\s+(\w+)/,
      lineComment: /^\s*\/\//,
      brackets: true,
    },
    holdsTest: isOfClass,
  },
  { files: /\.(?:fs|vb)$/, loaded: 'compiled', inTests: 'neither' },
];
