import { redact } from '../domain/text/redact.ts';
import type { World } from './world.ts';

/** What a person wrote, without what looks like a secret, as everything that is kept (trust rule T16). */
export async function maskText({ secrets }: Pick<World, 'secrets'>, text: string): Promise<string> {
  const found = await secrets.scan({ path: 'text of a person', content: Buffer.from(text) });
  return redact(
    text,
    found.map(({ value }) => value),
  );
}
