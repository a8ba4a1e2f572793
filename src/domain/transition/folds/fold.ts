import type { EventType } from '../../goal/event.ts';
import type { DataOf, GoalState } from '../../goal/state.ts';

/** What events of some types, which the state admits, make of it. */
export type Folds<T extends EventType> = { readonly [K in T]: (state: GoalState, data: DataOf<K>) => GoalState };
