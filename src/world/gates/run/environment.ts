import type { GateSpec } from '../../../domain/gates/gate.ts';
import { baseEnv } from '../../sandbox/environment.ts';
import type { Placed } from './layer.ts';

/**
 * What every CI sets: nobody is there to answer, and nothing is watched. More would be seen by tests;
 * docs/gates.md says why each is there.
 */
const UNATTENDED = { CI: 'true' } as const;

/** The whole environment of a gate: nothing of the user's (trust rule T13). What the gate declares wins over what omk sets. */
export function gateEnvironment(from: {
  readonly gate: GateSpec;
  readonly layer: Pick<Placed, 'env' | 'pathPrefix'>;
  readonly path: string;
  readonly home: string;
  readonly tmp: string;
  readonly extra: Readonly<Record<string, string>>;
}): Record<string, string> {
  const path = [...from.layer.pathPrefix, from.path].join(':');
  return {
    ...baseEnv({ path, home: from.home, tmp: from.tmp }),
    ...UNATTENDED,
    ...from.extra,
    ...from.layer.env,
    ...from.gate.env,
  };
}
