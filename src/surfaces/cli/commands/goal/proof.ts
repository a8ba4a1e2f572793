import { cp, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { OmkError } from '../../../../domain/error.ts';
import { withGoal } from '../../goal-store.ts';
import { printJson, type Output } from '../../output/print.ts';
import { stateDir } from '../../paths.ts';

/** Where the bundle of a goal lies; it exists for every terminal status. */
export const proof = (name: string, out: string | null, output: Output): Promise<number> =>
  withGoal(name, async (_store, { goal, status }) => {
    const folder = join(stateDir(process.env), 'goals', goal, 'proof');
    const names = await readdir(folder).catch(() => null);
    if (names === null) throw new OmkError('PROOF_MISSING', `Goal '${goal}' is ${status} and has no proof yet`, `omk goal resume ${goal}`, { exit: 3 });
    if (out !== null)
      await cp(folder, resolve(out), { recursive: true, errorOnExist: true, force: false }).catch((cause: unknown) => {
        throw new OmkError('OUT_EXISTS', `The bundle cannot be copied to '${out}'`, 'name a directory that does not exist', { cause });
      });
    const index = await readFile(join(folder, 'proof.json'), 'utf8').catch(() => null);
    if (output.json) printJson(output, { goal, status, folder: out === null ? folder : resolve(out), index: index === null ? null : JSON.parse(index) });
    else {
      output.out(`${status}  ${goal}`);
      output.out(`  bundle  ${out === null ? folder : resolve(out)} (${names.length} entries)`);
      output.out(`  check   omk verify ${out === null ? goal : out}`);
    }
    return 0;
  });
