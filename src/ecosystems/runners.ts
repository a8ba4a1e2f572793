import type { Ecosystem } from '../domain/ecosystem.ts';
import type { ReaderName } from '../domain/gates/gate.ts';
import type { Runner, Runners } from '../world/gates/ecosystem-gates.ts';
import { cpp } from './cpp/runners.ts';
import { dotnet } from './dotnet/runners.ts';
import { go } from './go/runners.ts';
import { javascript } from './javascript/runners.ts';
import { jvm } from './jvm/runners.ts';
import { php } from './php/runners.ts';
import { python } from './python/runners.ts';
import { ruby } from './ruby/runners.ts';
import { rust } from './rust/runners.ts';

const BY_ECOSYSTEM = {
  javascript,
  rust,
  go,
  python,
  jvm,
  dotnet,
  cpp,
  php,
  ruby,
} satisfies Readonly<Record<Ecosystem, Runners>>;

/** One for each name that a gate may have, but the one that reads nothing: the compiler asks for what is missing. */
export const RUNNERS: Readonly<Record<Exclude<ReaderName, 'exit_only'>, Runner>> = {
  ...BY_ECOSYSTEM.javascript,
  ...BY_ECOSYSTEM.rust,
  ...BY_ECOSYSTEM.go,
  ...BY_ECOSYSTEM.python,
  ...BY_ECOSYSTEM.jvm,
  ...BY_ECOSYSTEM.dotnet,
  ...BY_ECOSYSTEM.cpp,
  ...BY_ECOSYSTEM.php,
  ...BY_ECOSYSTEM.ruby,
};
