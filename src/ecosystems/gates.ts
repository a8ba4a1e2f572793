// Made from the folders by npm run tables: do not edit.
import type { Detector } from '../world/gates/detect/port.ts';
import { cpp } from './cpp/gates.ts';
import { dotnet } from './dotnet/gates.ts';
import { go } from './go/gates.ts';
import { javascript } from './javascript/gates.ts';
import { jvm } from './jvm/gates.ts';
import { php } from './php/gates.ts';
import { python } from './python/gates.ts';
import { ruby } from './ruby/gates.ts';
import { rust } from './rust/gates.ts';

/** How each ecosystem is detected, in the order gates run. */
export const GATES: Readonly<Record<string, readonly Detector[]>> = {
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
