import type { Package } from './install.ts';

/** An agent as it is installed, and as it is pointed at a model. */
export interface Agent extends Package {
  readonly preset: string;
  /** Minutes on a busy machine: only with OMK_TEST_SLOW=1. */
  readonly slow?: true;
  /** Files below HOME, and variables, that point it at the model. */
  readonly configure: (url: string) => {
    readonly files: Readonly<Record<string, unknown>>;
    readonly env: Readonly<Record<string, string>>;
  };
  /** A file that the agent reads the next time it starts, below HOME. */
  readonly setting: string;
  /** It cannot load a session of the last minute, so that the second turn has one of its own. */
  readonly loadsLate?: true;
}
