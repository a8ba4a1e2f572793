import type { Language } from '../../../world/syntax/language.ts';
import { rust as language } from './rust.ts';

export const rust: readonly Language[] = [language];
