// Made from the folders by npm run tables: do not edit.
import type { Planner } from '../world/gates/layers/plan.ts';
import { cpp } from './cpp/layers.ts';
import { dotnet } from './dotnet/layers.ts';
import { go } from './go/layers.ts';
import { javascript } from './javascript/layers.ts';
import { jvm } from './jvm/layers.ts';
import { php } from './php/layers.ts';
import { python } from './python/layers.ts';
import { ruby } from './ruby/layers.ts';
import { rust } from './rust/layers.ts';

/** How what a repository of each ecosystem needs is installed. Apart from `gates.ts`, so that a verifier has none of it. */
export const LAYERS: Readonly<Record<string, readonly Planner[]>> = {
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
