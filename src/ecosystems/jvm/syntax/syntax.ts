import type { Language } from '../../../world/syntax/language.ts';
import { java } from './java.ts';

export const jvm: readonly Language[] = [java];
