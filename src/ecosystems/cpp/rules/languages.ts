import type { LanguageRules } from '../../../domain/contract/language-rules.ts';
import { checks } from './checks.ts';

export const languages: readonly LanguageRules[] = [
  { files: /\.(?:c|cc|cpp|cxx)$/, loaded: 'compiled', inTests: 'tests', checks },
  { files: /\.(?:h|hh|hpp|hxx)$/, loaded: 'compiled', inTests: 'helpers', checks },
];
