import type { Evidence } from '../evidence/evidence.ts';
import type { HeldOutOptions } from '../evidence/held-out.ts';

type Submitted = { readonly attempt: number } & (
  | { readonly kind: 'refused' }
  | { readonly kind: 'read'; readonly checks: HeldOutOptions }
);

/** What judging by held-out checks looks at besides: checks that a session wrote, how that session ended, and whether they were shown. */
export interface WithHeldOut extends Evidence {
  readonly submissions: readonly Submitted[];
  readonly oracles: readonly { readonly attempt: number; readonly ended: string | null }[];
  readonly revealed: object | null;
}

const isRead = <S extends Submitted>(each: S | undefined): each is Extract<S, { readonly kind: 'read' }> =>
  each?.kind === 'read';

/** What the last turn of an oracle handed in, where its rules hold so far. */
export function handedIn<S extends Submitted>({
  submissions,
}: {
  readonly submissions: readonly S[];
}): Extract<S, { readonly kind: 'read' }> | null {
  const last = submissions.at(-1);
  return isRead(last) ? last : null;
}

/** The checks of an oracle that hold; null until they do. */
export function acceptedChecks<S extends Submitted>(
  state: Pick<WithHeldOut, 'oracles'> & { readonly submissions: readonly S[] },
): Extract<S, { readonly kind: 'read' }> | null {
  const last = handedIn(state);
  const attempt = state.oracles.find((each) => each.attempt === last?.attempt);
  return attempt?.ended === 'accepted' ? last : null;
}
