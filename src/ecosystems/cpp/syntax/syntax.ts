import type { Language } from '../../../world/syntax/language.ts';
import { cpp as language } from './cpp.ts';

export const cpp: readonly Language[] = [language];
