// Made from the folders by npm run tables: do not edit.
import type { EcosystemRules } from '../domain/contract/ecosystem-rules.ts';
import { cpp } from './cpp/rules/rules.ts';
import { dotnet } from './dotnet/rules/rules.ts';
import { go } from './go/rules/rules.ts';
import { javascript } from './javascript/rules/rules.ts';
import { jvm } from './jvm/rules/rules.ts';
import { php } from './php/rules/rules.ts';
import { python } from './python/rules/rules.ts';
import { ruby } from './ruby/rules/rules.ts';
import { rust } from './rust/rules/rules.ts';

/** What the contract knows of each ecosystem. */
export const RULES: Readonly<Record<string, EcosystemRules>> = {
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

/** One table of all ecosystems. */
export const allOf = <Value>(table: (rules: EcosystemRules) => readonly Value[]): readonly Value[] =>
  Object.values(RULES).flatMap(table);
