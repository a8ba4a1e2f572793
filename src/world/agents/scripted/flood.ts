const PIECE = 8 * 1024;

/** Sends about `bytes` of noise, as fast as it is taken, until the turn is cancelled. */
export async function flood(
  what: { readonly bytes: number; readonly kind: 'text' | 'updates' | 'stderr' | 'line' },
  to: {
    readonly update: (fields: Record<string, unknown>) => Promise<void>;
    readonly say: (text: string) => Promise<void>;
    readonly cancelled: AbortSignal;
  },
): Promise<void> {
  if (what.kind === 'line') return to.say('x'.repeat(what.bytes));
  for (let sent = 0; sent < what.bytes && !to.cancelled.aborted; sent += PIECE) {
    const piece = 'x'.repeat(Math.min(PIECE, what.bytes - sent));
    if (what.kind === 'text') await to.say(piece);
    else if (what.kind === 'stderr') await new Promise((resolve) => process.stderr.write(`${piece}\n`, resolve));
    else
      await to.update({
        sessionUpdate: 'tool_call',
        toolCallId: `flood-${sent}`,
        title: piece,
        kind: 'other',
        status: 'completed',
      });
    // Lets a cancel in.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
