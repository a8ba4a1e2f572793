import type { Commands } from '../../world/gates/command/port.ts';

export const ruby: Commands = { interpreters: /^ruby$/, testWords: /\brspec\b/i };
