import { OmkError } from '../domain/error.ts';
import type { LoggedEvent, RepositoryPin } from '../domain/goal/event.ts';
import { realGates, type Watch } from '../engine/recording/real-gates.ts';
import { withoutGates, type RealGates } from '../engine/recording/without-gates.ts';
import type { Live } from './compose.ts';
import { checkMade, type Made } from './verify/check-made.ts';
import { inHistory } from './verify/in-history.ts';
import { noSandbox } from './verify/no-sandbox.ts';
import { targetOf } from './verify/target.ts';

export type { Watch } from '../engine/recording/real-gates.ts';

/** The gates of a bundle that was checked to V1, as this machine runs them. */
export async function gatesOf(
  world: Live,
  pin: RepositoryPin,
  events: readonly LoggedEvent[],
  watch: Watch,
): Promise<RealGates> {
  const why = await noSandbox(world);
  return why === null ? realGates(world, pin, events, watch) : withoutGates(why);
}

/** The same where nobody has checked the bundle yet: nothing of one that does not verify here is run. */
export async function gatesOfFolder(
  world: Live,
  folder: string,
  events: readonly LoggedEvent[],
  watch: Watch,
): Promise<RealGates> {
  const made = await checkHere(world, folder);
  const pin = typeof made === 'string' ? made : verifiedPin(made);
  return typeof pin === 'string' ? withoutGates(pin) : gatesOf(world, pin, events, watch);
}

type Checked = Pick<Made, 'pin'> & { readonly report: Pick<Made['report'], 'reached' | 'checks'> };

/** Where the gates of a bundle may run, or why none does: whoever made it chose its key and may have chosen its commands. */
export function verifiedPin({ report, pin }: Checked): RepositoryPin | string {
  if (report.reached === 'V1' && pin) return pin;
  const failed = report.checks.find(({ ok }) => !ok);
  return `no gate of a bundle that does not verify is run: ${failed?.text} (${failed?.code})`;
}

async function checkHere(world: Live, folder: string): Promise<Made | string> {
  try {
    const target = await targetOf(world, folder, '.');
    const base = await inHistory('.', target.bundle, '');
    return await checkMade(world, target, {}, { base, ownKey: true });
  } catch (error) {
    if (!(error instanceof OmkError)) throw error;
    return `gates run in a clone that has the base of the bundle checked out or behind it: ${error.message}`;
  }
}
