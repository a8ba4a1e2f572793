import type { Language } from '../../../world/syntax/language.ts';
import { php as language } from './php.ts';

export const php: readonly Language[] = [language];
