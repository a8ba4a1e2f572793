import type { Commands } from '../../world/gates/command/port.ts';

export const rust: Commands = { versions: { cargo: ['cargo', '--version'] } };
