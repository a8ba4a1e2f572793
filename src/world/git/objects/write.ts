import type { GitCall } from '../run.ts';
import { git } from '../run.ts';

/**
 * Stores contents as blobs, durable when this returns. The bytes come from the caller, so neither a filter nor a
 * link can stand between them and the object.
 */
export async function writeBlobs(
  call: GitCall,
  blobs: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    for await (const content of blobs) {
      yield Buffer.from(`blob\ndata ${content.length}\n`);
      yield content;
      yield Buffer.from('\n');
    }
    yield Buffer.from('done\n');
  }
  await git(['fast-import', '--quiet', '--done'], { ...call, durable: true, input: stream() });
}
