import type { Commands } from '../../world/gates/command/port.ts';

export const go: Commands = {
  asks: (program) => (program === 'go' ? { argv: ['go', 'version'], said: '' } : null),
};
