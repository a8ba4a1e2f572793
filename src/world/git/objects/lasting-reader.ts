import { Socket } from 'node:net';
import { failure, gitProgram, MAX_BYTES, spawnGit, stopped, TIMEOUT_MS, type GitCall } from '../run.ts';
import type { GitBlobId } from '../../../domain/ids.ts';

const ARGS = ['cat-file', '--batch-command', '-z'];
/** Longer than a step of a run takes between two reads, and short enough that nobody finds the process. */
const IDLE_MS = 1000;
/** A git that is at work keeps locks of others from being swept. */
const LONGEST_MS = 10_000;
const NOTHING = Buffer.alloc(0);

export interface GitObject {
  readonly id: GitBlobId;
  readonly kind: string;
  readonly content: Buffer;
}

/** `info`: without its content, of which `size` tells how much there is. */
type What = 'contents' | 'info';
type Found = GitObject & { readonly size: number };

interface Asked {
  readonly what: What;
  readonly name: string;
  readonly done: PromiseWithResolvers<Found | null>;
}

/** One `git cat-file` that answers until it has been idle for a second. It keeps this process from ending only while asked. */
class LastingReader {
  readonly #child: ReturnType<typeof spawnGit>;
  readonly #ended: (reader: LastingReader) => void;
  readonly #asked: Asked[] = [];
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** Fewer bytes than this say nothing new. */
  #needed = 1;
  #stderr = '';
  #why: string | null = null;
  readonly #begun = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(call: GitCall, ended: (reader: LastingReader) => void) {
    this.#child = spawnGit(ARGS, call);
    this.#ended = ended;
    this.#child.stdin.on('error', () => undefined);
    this.#child.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (this.#stderr = (this.#stderr + text).slice(-2000)));
    this.#child.stdout.on('data', (chunk: Buffer) => this.#hear(chunk));
    this.#child.on('error', (error) => this.#fail(error));
    this.#child.on('close', (code) =>
      this.#fail(
        this.#why === null
          ? failure(ARGS, { code: code ?? 1, stdout: NOTHING, stderr: this.#stderr })
          : stopped(ARGS, this.#why),
      ),
    );
  }

  ask(what: What, name: string): Promise<Found | null> {
    const done = Promise.withResolvers<Found | null>();
    this.#asked.push({ what, name, done });
    if (this.#asked.length === 1) this.#hold(true);
    if (performance.now() - this.#begun > LONGEST_MS) this.#ended(this);
    this.#child.stdin.write(Buffer.from(`${what} ${name}\0`, 'latin1'));
    return done.promise;
  }

  /** While something is asked, this process waits for it; else git is ended after a while. */
  #hold(isAsked: boolean): void {
    clearTimeout(this.#timer);
    for (const each of [this.#child, ...[this.#child.stdin, this.#child.stdout, this.#child.stderr].filter(isSocket)])
      if (isAsked) each.ref();
      else each.unref();
    this.#timer = isAsked
      ? setTimeout(() => this.#stop(`took longer than ${TIMEOUT_MS} ms`), TIMEOUT_MS)
      : setTimeout(() => this.#leave(), IDLE_MS).unref();
  }

  #hear(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    this.#timer?.refresh();
    for (let next = this.#asked[0]; next !== undefined && this.#bytes >= this.#needed; next = this.#asked[0]) {
      const [only] = this.#chunks;
      const all = only !== undefined && this.#chunks.length === 1 ? only : Buffer.concat(this.#chunks, this.#bytes);
      const answer = answerIn(all, next);
      this.#chunks = [all.subarray(answer.used)];
      this.#bytes = all.length - answer.used;
      this.#needed = answer.needed;
      if (answer.needed > MAX_BYTES) this.#stop(`wrote more than ${MAX_BYTES} bytes`);
      if (answer.object === undefined) continue;
      this.#asked.shift();
      next.done.resolve(answer.object);
      if (this.#asked.length === 0) this.#hold(false);
    }
  }

  #stop(why: string): void {
    this.#why ??= why;
    this.#child.kill('SIGKILL');
  }

  /** Nobody asks it from here on. */
  #leave(): void {
    this.#ended(this);
    this.#child.stdin.end();
  }

  #fail(error: unknown): void {
    clearTimeout(this.#timer);
    this.#ended(this);
    for (const { done } of this.#asked.splice(0)) done.reject(error);
  }
}

const isSocket = (stream: unknown): stream is Socket => stream instanceof Socket;

interface Answer {
  /** Absent: there is more to come. */
  readonly object?: Found | null;
  readonly used: number;
  readonly needed: number;
}

/** What the output so far says of an object. */
function answerIn(output: Buffer, { what, name }: Asked): Answer {
  // A missing object is echoed by its name, which may itself hold a newline.
  const missing = Buffer.from(`${name} missing\n`, 'latin1');
  if (output.subarray(0, missing.length).equals(missing)) return { object: null, used: missing.length, needed: 1 };
  const end = output.indexOf(10);
  if (end < 0 || missing.subarray(0, output.length).equals(output)) return { used: 0, needed: output.length + 1 };
  const [id = '', kind = '', size = ''] = output.subarray(0, end).toString('latin1').split(' ');
  const content = end + 1;
  const used = what === 'info' ? content : content + Number(size) + 1;
  // Too much, as far as anybody can tell.
  if (!/^[0-9a-f]{40,64}$/.test(id) || !/^\d+$/.test(size)) return { used: 0, needed: Number.POSITIVE_INFINITY };
  if (output.length < used) return { used: 0, needed: used };
  const object = { id, kind, size: Number(size), content: output.subarray(content, Math.max(content, used - 1)) };
  return { object, used, needed: 1 };
}

const readers = new Map<string, LastingReader>();

/** Objects by name from the process that is there for the repository, or from a new one; `isNew`: it was started for them. */
export function readLasting(
  call: GitCall,
  what: What,
  names: readonly string[],
): { readonly isNew: boolean; readonly objects: Promise<readonly (Found | null)[]> } {
  const key = `${gitProgram()}\n${call.whose ?? ''}\n${call.gitDir ?? ''}`;
  const there = readers.get(key);
  const reader =
    there ??
    new LastingReader(call, (ended) => {
      if (readers.get(key) === ended) readers.delete(key);
    });
  readers.set(key, reader);
  return { isNew: there === undefined, objects: Promise.all(names.map((name) => reader.ask(what, name))) };
}
