import type { LogLine, Store } from '../../store/port.ts';
import type { Vault } from '../../world/git/port.ts';

type Bundle = ReadonlyMap<string, Uint8Array>;

/** Makes what a person or a stranger reads of a goal from its log. */
export interface ProofPublisher {
  /** The proof bundle of a log whose last event ends the goal, by file name: the same log and key give the same bytes. Signs. */
  build(lines: readonly LogLine[], store: Store): Promise<Bundle>;
  /** Why a bundle does not verify to V1 against the vault's objects; null when it does. */
  refusal(bundle: Bundle, lines: readonly LogLine[], vault: Vault): Promise<string | null>;
  /** How the key that signs is known. */
  keyid(): Promise<string>;
  /** Whether the bundle of this log is in the goal's folder, whole. What its files hold is for `omk verify`. */
  isThere(lines: readonly LogLine[]): Promise<boolean>;
}
