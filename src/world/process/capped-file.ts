import { closeSync, openSync, writeSync } from 'node:fs';

/** Small chunks are joined once there are this many, so that output byte by byte does not cost an object a byte. */
const JOIN_AFTER = 512;

/**
 * A file of at most `cap` bytes of output plus one line: the first half is written as it comes, the last half is
 * kept in memory and written at the end, and a line between says how many bytes were left out.
 */
export class CappedFile {
  readonly #fd: number;
  readonly #headCap: number;
  readonly #tailCap: number;
  #headBytes = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;
  #omitted = 0;
  #failure: Error | null = null;

  constructor(path: string, cap: number) {
    this.#headCap = Math.ceil(cap / 2);
    this.#tailCap = Math.floor(cap / 2);
    this.#fd = openSync(path, 'w', 0o600);
  }

  /** Never throws: a full disk must not leave a process running; `close` reports it. */
  write(chunk: Buffer): void {
    const room = this.#headCap - this.#headBytes;
    if (room > 0) {
      const head = chunk.subarray(0, room);
      this.#headBytes += head.length;
      this.#put(head);
    }
    if (chunk.length > room) this.#keep(chunk.subarray(Math.max(room, 0)));
  }

  /** Writes the tail. `truncated` says whether bytes were left out. Throws what the disk said. */
  close(): { readonly truncated: boolean } {
    if (this.#omitted > 0) this.#put(Buffer.from(`\n[... ${this.#omitted} bytes left out ...]\n`));
    for (const chunk of this.#tail) this.#put(chunk);
    this.#tail = [];
    closeSync(this.#fd);
    if (this.#failure !== null) throw this.#failure;
    return { truncated: this.#omitted > 0 };
  }

  #keep(chunk: Buffer): void {
    // A copy: streams hand out slices of pooled memory.
    this.#tail.push(Buffer.from(chunk.subarray(Math.max(0, chunk.length - this.#tailCap))));
    const arrived = chunk.length;
    const kept = Math.min(arrived, this.#tailCap);
    this.#omitted += arrived - kept;
    this.#tailBytes += kept;
    while (this.#tailBytes > this.#tailCap) {
      const first = this.#tail[0];
      if (first === undefined) break;
      const drop = Math.min(first.length, this.#tailBytes - this.#tailCap);
      if (drop === first.length) this.#tail.shift();
      else this.#tail[0] = first.subarray(drop);
      this.#tailBytes -= drop;
      this.#omitted += drop;
    }
    if (this.#tail.length > JOIN_AFTER) this.#tail = [Buffer.concat(this.#tail)];
  }

  #put(chunk: Buffer): void {
    if (this.#failure !== null) return;
    try {
      for (let at = 0; at < chunk.length;) at += writeSync(this.#fd, chunk, at);
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    }
  }
}
