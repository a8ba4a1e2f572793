import type { Ecosystem } from '../domain/ecosystem.ts';
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

/** How each ecosystem is detected, in the order gates run: the compiler asks for what is missing. */
export const GATES: Readonly<Record<Ecosystem, readonly Detector[]>> = {
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
