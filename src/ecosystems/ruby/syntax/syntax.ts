import type { Language } from '../../../world/syntax/language.ts';
import { ruby as language } from './ruby.ts';

export const ruby: readonly Language[] = [language];
