import type { Language, LanguageName } from './language.ts';
import { cpp } from './languages/cpp.ts';
import { csharp } from './languages/csharp.ts';
import { go } from './languages/go.ts';
import { java } from './languages/java.ts';
import { php } from './languages/php.ts';
import { python } from './languages/python.ts';
import { ruby } from './languages/ruby.ts';
import { rust } from './languages/rust.ts';
import { script } from './languages/script.ts';

const BY_NAME: Readonly<Record<LanguageName, Language>> = { script, python, go, rust, java, php, cpp, csharp, ruby };

/** Every language whose tests can be read. Of any other a changed file is named, and nothing said about its tests. */
export const LANGUAGES: readonly Language[] = Object.values(BY_NAME);
