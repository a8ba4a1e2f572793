import type { Language } from '../../../world/syntax/language.ts';
import { go as language } from './go.ts';

export const go: readonly Language[] = [language];
