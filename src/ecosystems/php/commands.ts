import type { Commands } from '../../world/gates/command/port.ts';

export const php: Commands = { interpreters: /^php$/ };
