import type { GoalId } from '../../domain/ids.ts';
import type { CreateRequest } from '../../engine/commands/create.ts';
import type { Notice } from '../../engine/world.ts';
import type { Outcome } from './outcome.ts';
import type { KnownEntry } from './read.ts';

/** What every goal of the queue has alike. */
export type Alike = Pick<CreateRequest, 'repository' | 'options'> & Required<Pick<CreateRequest, 'agent'>>;

export type Told =
  | { readonly kind: 'began'; readonly entry: KnownEntry; readonly goal: GoalId; readonly resumed: boolean }
  | { readonly kind: 'notice'; readonly entry: KnownEntry; readonly goal: GoalId; readonly notice: Notice }
  | { readonly kind: 'ended'; readonly outcome: Outcome };
