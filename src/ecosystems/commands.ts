// Made from the folders by npm run tables: do not edit.
import type { Commands } from '../world/gates/command/port.ts';
import { cpp } from './cpp/commands.ts';
import { dotnet } from './dotnet/commands.ts';
import { go } from './go/commands.ts';
import { javascript } from './javascript/commands.ts';
import { jvm } from './jvm/commands.ts';
import { php } from './php/commands.ts';
import { python } from './python/commands.ts';
import { ruby } from './ruby/commands.ts';
import { rust } from './rust/commands.ts';

/** What each ecosystem knows of commands that start its runners. */
export const COMMANDS: Readonly<Record<string, Commands>> = {
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
