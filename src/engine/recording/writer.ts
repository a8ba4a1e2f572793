import { inWords } from '../../domain/disk-error.ts';
import type { Encoded } from '../../replay/cassette/encode.ts';
import { withWords, type Place } from '../../replay/cassette/places.ts';
import { firstLink, sealEntry, type Entry } from '../../replay/cassette/tape.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import type { CassetteWriter } from '../../world/cassette/port.ts';
import type { GoalId, Sha256 } from '../../domain/ids.ts';

/** Longer texts and bytes are content of their own. */
const INLINE = 512;
/** A result that is longer as JSON is content too: the same tree is listed often. */
const LONG = 4096;

export interface WriterOptions {
  readonly goal: GoalId;
  readonly places: readonly Place[];
  /** Bytes that may still be written. */
  readonly room: number;
  /** What cannot be written is no reason to stop the work. */
  readonly onCut: (why: string) => void;
}

/** Writes entries as long as there is room; what is left out is said in the last one. */
export class EntryWriter {
  readonly #file: CassetteWriter;
  readonly #options: WriterOptions;
  readonly #kept = new Set<string>();
  readonly #told = new Set<string>();
  #link: string;
  #room: number;
  #isOpen = true;

  constructor(file: CassetteWriter, options: WriterOptions) {
    this.#file = file;
    this.#options = options;
    this.#link = firstLink(options.goal, file.run);
    this.#room = options.room;
  }

  write(entry: Entry): void {
    if (!this.#isOpen) return;
    try {
      const { line, link } = sealEntry(this.#link, entry);
      if (line.length > this.#room && entry.t !== 'cut') return this.#cut('it would be larger than [replay] max_size');
      this.#file.append(line);
      this.#link = link;
      this.#room -= line.length;
    } catch (error) {
      this.#cut(inWords(error)?.message ?? String(error));
    }
  }

  readonly text = (plain: string): Encoded => {
    const text = withWords(plain, this.#options.places);
    return text.length <= INLINE ? text : this.#content('text', Buffer.from(text));
  };

  readonly bytes = (bytes: Uint8Array): Encoded => {
    this.tellPlaces(bytes);
    return bytes.length <= INLINE
      ? { $: 'bytes', v: Buffer.from(bytes).toString('base64') }
      : this.#content('content', bytes);
  };

  /** Bytes have paths and no words for them: a replay has to know which. */
  tellPlaces(bytes: Uint8Array): void {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const { name, path } of this.#options.places) {
      if (this.#told.has(name) || !content.includes(path)) continue;
      this.#told.add(name);
      this.write({ t: 'place', word: name, path });
    }
  }

  /** A whole result. */
  readonly result = (encoded: Encoded): Encoded => {
    if (typeof encoded !== 'object' || encoded === null) return encoded;
    const json = JSON.stringify(encoded);
    return json.length <= LONG ? encoded : this.#content('json', Buffer.from(json));
  };

  close(): void {
    this.write({ t: 'end' });
    if (this.#isOpen) this.#file.close();
    this.#isOpen = false;
  }

  #content(mark: string, bytes: Uint8Array): Encoded {
    const sha256 = sha256Hex(bytes);
    if (this.#isOpen && !this.#kept.has(sha256)) this.#keep(sha256, bytes);
    return { $: mark, v: sha256 };
  }

  #keep(sha256: Sha256, bytes: Uint8Array): void {
    if (bytes.length > this.#room) return this.#cut('it would be larger than [replay] max_size');
    try {
      this.#room -= this.#file.keep(sha256, bytes);
      this.#kept.add(sha256);
    } catch (error) {
      this.#cut(inWords(error)?.message ?? String(error));
    }
  }

  #cut(why: string): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    try {
      this.#file.append(sealEntry(this.#link, { t: 'cut', why }).line);
      this.#file.close();
    } catch {
      // The disk is full: what is there ends in the middle, which a replay tells.
    }
    this.#options.onCut(why);
  }
}
