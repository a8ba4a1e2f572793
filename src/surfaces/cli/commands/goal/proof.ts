import { commandLine } from '../../../../app/text.ts';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { OmkError } from '../../../../domain/error.ts';
import type { LoggedEvent } from '../../../../domain/goal/event.ts';
import { withGoal } from '../../../../app/goal-store.ts';
import { cassetteToBundle } from '../../../../app/cassette-out.ts';
import { placesTold } from '../../../../app/places-told.ts';
import { ensureProof, proofMissing } from '../../../../app/made-proof.ts';
import { printJson, type Output } from '../../output/print.ts';
import { goalFolder } from '../../../../app/paths.ts';
import { environment } from '../../../../app/here.ts';

interface ProofFlags {
  readonly out: string | null;
  /** With what `omk verify --replay` needs. */
  readonly withCassette: boolean;
}

/** Where the bundle of a goal lies; it exists for every terminal status. */
export const proof = (name: string, { out, withCassette }: ProofFlags, output: Output): Promise<number> =>
  withGoal(name, async (store, { goal, status }) => {
    if (withCassette && out === null)
      throw new OmkError('FLAG_INVALID', '--with-cassette belongs to --out', '--with-cassette --out ./bundle');
    const lines = await store.read(goal);
    await ensureProof(goal, lines);
    const folder = join(goalFolder(environment(), goal), 'proof');
    const names = await readdir(folder).catch(() => null);
    if (names === null) throw proofMissing(goal);
    const addCassette = withCassette
      ? await cassetteToBundle(
          store,
          goal,
          lines.map(({ event }) => event),
        )
      : null;
    if (out !== null)
      await cp(folder, resolve(out), { recursive: true, errorOnExist: true, force: false }).catch((cause: unknown) => {
        throw new OmkError(
          'OUT_EXISTS',
          `The bundle cannot be copied to '${out}'`,
          'name a directory that does not exist',
          { cause },
        );
      });
    if (out !== null) await addCassette?.(resolve(out));
    const events = lines.map((line) => line.event);
    const of = endOf(events);
    const repository = events.find((event) => event.type === 'goal.created')?.data.repository;
    const base = repository?.commit ?? '<commit>';
    const told = addCassette && out !== null ? await placesTold(resolve(out), repository?.root ?? '') : null;
    const index = await readFile(join(folder, 'proof.json'), 'utf8').catch(() => null);
    if (output.json)
      printJson(output, {
        goal,
        status,
        folder: out === null ? folder : resolve(out),
        of,
        ...(told === null ? {} : { told }),
        index: index === null ? null : JSON.parse(index),
      });
    else {
      output.out(`${status}  ${goal}`);
      output.out(`  bundle  ${out === null ? folder : resolve(out)} (${names.length} entries)`);
      if (of !== null && of.laterEvents > 0)
        output.out(
          `  of      ${of.status} at ${of.endedAt}: what came after it, such as more budget, is not in ` +
            `this proof; the next end makes a new one`,
        );
      if (told !== null && told.length > 0)
        output.out(
          `  note    a folder of this machine is named in ${told.slice(0, NAMED).join(', ')}${more(told.length)}`,
        );
      output.out(`  check   omk verify ${out === null ? goal : `${commandLine([out])} --base ${base}`}`);
    }
    return 0;
  });

/** How many files a line names. */
const NAMED = 3;

const more = (count: number): string => (count > NAMED ? ` and ${count - NAMED} more` : '');

/** The end that the proof is of; null before the first. */
function endOf(
  events: readonly LoggedEvent[],
): { readonly status: string; readonly endedAt: string; readonly laterEvents: number } | null {
  const at = events.findLastIndex((event) => event.type === 'goal.ended' || event.type === 'goal.cancelled');
  const end = events[at];
  if (!end) return null;
  return {
    status: end.type === 'goal.ended' ? end.data.status : 'cancelled',
    endedAt: end.ts,
    laterEvents: events.length - 1 - at,
  };
}
