import type { Ecosystem } from '../domain/ecosystem.ts';
import type { Commands } from '../world/gates/command/port.ts';
import { go } from './go/commands.ts';
import { javascript } from './javascript/commands.ts';
import { python } from './python/commands.ts';

/** What each ecosystem knows of commands that start its runners. */
export const COMMANDS: Readonly<Record<Ecosystem, Commands>> = {
  javascript,
  rust: {},
  go,
  python,
  jvm: {},
  dotnet: {},
  cpp: {},
  php: {},
  ruby: {},
};
