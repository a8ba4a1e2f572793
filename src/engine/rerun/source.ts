import type { Facts } from '../../proof/statement/facts.ts';
import type { Files } from '../../proof/verify/limits.ts';
import type { RepositoryPin } from '../../domain/goal/event.ts';
import type { Vault } from '../../world/git/port.ts';
import type { World } from '../world.ts';

/** What trees of a proof are made from. */
export interface Source {
  readonly world: Pick<World, 'git' | 'syntax' | 'version'>;
  readonly vault: Vault;
  readonly pin: RepositoryPin;
  readonly facts: Facts;
  readonly files: Files;
}
