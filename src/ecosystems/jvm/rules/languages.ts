import { isOfClass, namedWord, type LanguageRules } from '../../../domain/contract/language-rules.ts';
import { java, others } from './checks.ts';

export const languages: readonly LanguageRules[] = [
  {
    files: /\.java$/,
    loaded: 'compiled',
    inTests: 'tests',
    checks: java,
    namedAs: namedWord,
    additions: {
      startsTest: [
        /^\s*@(Test|ParameterizedTest|RepeatedTest|ValueSource|CsvSource|DisplayName|Tag)\b/,
        /^\s*(public\s+)?void\s+\w+\s*\(/,
      ],
      holdsTests: /^\s*(?:(?:public|final|static)\s+)*class\s+\w+[^{]*\{\s*$/,
      defines: /\bvoid\s+(\w+)/,
      lineComment: /^\s*\/\//,
      brackets: true,
    },
    holdsTest: isOfClass,
  },
  {
    files: /\.(?:kt|groovy)$/,
    loaded: 'compiled',
    inTests: 'tests',
    checks: others,
    namedAs: namedWord,
    holdsTest: isOfClass,
  },
  { files: /\.scala$/, loaded: 'compiled', inTests: 'helpers', checks: others, namedAs: namedWord },
];
