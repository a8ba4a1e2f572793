import type { Commands } from '../../world/gates/command/port.ts';

export const dotnet: Commands = {};
