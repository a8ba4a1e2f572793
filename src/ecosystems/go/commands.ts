import type { Commands } from '../../world/gates/command/port.ts';

export const go: Commands = {
  versions: { go: ['go', 'version'] },
  asks: (program) => (program === 'go' ? { argv: ['go', 'version'], said: '' } : null),
};
