import { git, type GitCall } from '../run.ts';

/** The same for the same change on another base; null for a patch that changes nothing. White space counts. */
export async function patchId(call: GitCall, patch: Uint8Array): Promise<string | null> {
  if (patch.length === 0) return null;
  const output = await git(['patch-id', '--verbatim'], { ...call, input: patch });
  const [id = ''] = output.toString('latin1').split(' ');
  return /^[0-9a-f]{40,64}$/.test(id) ? id : null;
}
