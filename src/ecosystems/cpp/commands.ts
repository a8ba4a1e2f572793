import type { Commands } from '../../world/gates/command/port.ts';

export const cpp: Commands = { testWords: /\bctest\b/i };
