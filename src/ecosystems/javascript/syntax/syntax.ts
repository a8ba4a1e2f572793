import type { Language } from '../../../world/syntax/language.ts';
import { script } from './script.ts';

export const javascript: readonly Language[] = [script];
