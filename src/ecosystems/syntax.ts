// Made from the folders by npm run tables: do not edit.
import type { Language } from '../world/syntax/language.ts';
import { cpp } from './cpp/syntax/syntax.ts';
import { dotnet } from './dotnet/syntax/syntax.ts';
import { go } from './go/syntax/syntax.ts';
import { javascript } from './javascript/syntax/syntax.ts';
import { jvm } from './jvm/syntax/syntax.ts';
import { php } from './php/syntax/syntax.ts';
import { python } from './python/syntax/syntax.ts';
import { ruby } from './ruby/syntax/syntax.ts';
import { rust } from './rust/syntax/syntax.ts';

/** The languages of each ecosystem whose tests can be read. Of any other a changed file is named, and nothing said about its tests. */
export const SYNTAX: Readonly<Record<string, readonly Language[]>> = {
  javascript,
  rust,
  go,
  python,
  jvm,
  dotnet,
  cpp,
  php,
  ruby,
};
