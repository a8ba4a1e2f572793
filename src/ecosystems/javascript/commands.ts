import type { Commands } from '../../world/gates/command/port.ts';
import { corepackOf } from './node/corepack.ts';

export const javascript: Commands = {
  // Asked itself, it would fetch what it stands for.
  asks(program, path) {
    const corepack = corepackOf(program, path);
    return corepack === null ? null : { argv: ['node', corepack, '--version'], said: 'corepack ' };
  },
};
