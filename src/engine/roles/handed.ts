import type { SessionRole } from '../../domain/roles/role.ts';
import { toolsOf, type Around, type HandedIn, type ToolName } from '../../domain/roles/tools.ts';
import type { Blobs } from '../../store/port.ts';
import type { HandedCall } from '../../world/agents/port.ts';

/** What a turn handed in, kept; only what its role may hand in. */
export async function keepHanded(
  store: Pick<Blobs, 'putBlob'>,
  { role, around }: { readonly role: SessionRole | undefined; readonly around: Around },
  calls: readonly HandedCall[] = [],
): Promise<{ readonly handed?: readonly HandedIn[] }> {
  const handed: HandedIn[] = [];
  for (const { name, given } of calls) {
    const tool = toolsOf(role, around).find((each) => each === name);
    if (tool !== undefined) handed.push({ tool, content: await store.putBlob(Buffer.from(given)) });
  }
  return handed.length === 0 ? {} : { handed };
}

/** What a turn handed in through a tool; null where it did not call it. */
export async function handedIn(
  store: Pick<Blobs, 'getBlob'>,
  handed: readonly HandedIn[] | undefined,
  tool: ToolName,
): Promise<Uint8Array | null> {
  const last = handed?.findLast((each) => each.tool === tool);
  return last ? store.getBlob(last.content.sha256) : null;
}
