import type { Language } from '../../../world/syntax/language.ts';
import { cpp as language } from './cpp.ts';
import { hollowC } from './hollow.ts';

export const cpp: readonly Language[] = [
  { ...language, files: /\.(?:c|h)$/, hollow: hollowC(false) },
  { ...language, files: /\.(?:cc|cpp|cxx|hpp|hh|hxx)$/, hollow: hollowC(true) },
];
