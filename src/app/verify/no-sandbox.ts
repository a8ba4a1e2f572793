import { environment } from '../here.ts';
import type { Live } from '../compose.ts';

/** Why the code of a proof is not run here; null where it is. Code of strangers needs a sandbox, unless a person says otherwise. */
export async function noSandbox({ sandboxes }: Pick<Live, 'sandboxes'>): Promise<string | null> {
  const sandbox = await sandboxes.detect();
  if (sandbox.kind !== 'none' || environment()['OMK_SANDBOX'] === 'none') return null;
  return `There is no sandbox here (${sandbox.why}), and the code of a proof is not run without one`;
}
