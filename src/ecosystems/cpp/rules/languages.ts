import type { LanguageRules } from '../../../domain/contract/language-rules.ts';

export const languages: readonly LanguageRules[] = [
  { files: /\.(?:c|cc|cpp|cxx)$/, loaded: 'compiled', inTests: 'tests' },
  { files: /\.(?:h|hh|hpp|hxx)$/, loaded: 'compiled', inTests: 'helpers' },
];
