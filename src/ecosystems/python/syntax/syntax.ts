import type { Language } from '../../../world/syntax/language.ts';
import { python as language } from './python.ts';

export const python: readonly Language[] = [language];
