import { canonical } from '../canonical.ts';
import type { Capture } from '../plan/command.ts';

/** Of the captures of each criterion a third at least, by a hash of the command, is not told to the agent; of one none. */
export function withHeldBack(captures: readonly Capture[]): readonly Capture[] {
  const hidden = new Set(
    [...new Set(captures.map(({ criterion }) => criterion))].flatMap((id) => {
      const own = captures.filter(({ criterion }) => criterion === id);
      const sorted = own.toSorted((one, other) => hashOf(one) - hashOf(other));
      return own.length < 2 ? [] : sorted.slice(0, Math.ceil(own.length / 3));
    }),
  );
  return captures.map(({ heldBack: _was, ...each }, place) => {
    const given = captures[place];
    return given && hidden.has(given) ? { ...each, heldBack: true } : each;
  });
}

/** FNV-1a of what a capture says. It spreads, and hides nothing. */
function hashOf({ heldBack: _was, ...said }: Capture): number {
  let hash = 0x81_1c_9d_c5;
  for (const letter of canonical(said)) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01_00_01_93) >>> 0;
  return hash;
}
