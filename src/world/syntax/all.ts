import { SYNTAX } from '../../ecosystems/syntax.ts';
import type { Language } from './language.ts';

/** Every language whose tests can be read. */
export const LANGUAGES: readonly Language[] = Object.values(SYNTAX).flat();
