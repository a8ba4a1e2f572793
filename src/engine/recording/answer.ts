import { isObject } from '../../domain/record.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import type { Encoded } from '../../replay/cassette/encode.ts';
import { blobCorrupt } from '../../replay/cassette/unplayable.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import type { RunGateRequest } from '../../world/gates/port.ts';
import type { RanGate, Recorded } from './recorded.ts';
import type { ReplayedLog } from './replayed-log.ts';
import type { Sha256 } from '../../domain/ids.ts';

/** A call of the engine. */
export interface Asked {
  readonly path: string;
  readonly args: readonly unknown[];
}

/** What a call is answered; `differs` when that is not what was recorded. */
interface Answer {
  readonly value?: unknown;
  readonly differs?: string;
}

/** Answers that the log and the blobs hold, or that are looked for again. */
export class Answers {
  readonly #recorded: Recorded;
  readonly #log: ReplayedLog;
  readonly #made: Map<string, Uint8Array>;
  readonly #layers = new Map<string, NonNullable<RanGate['layer']>>();

  constructor(recorded: Recorded, log: ReplayedLog, made: Map<string, Uint8Array>) {
    this.#recorded = recorded;
    this.#log = log;
    this.#made = made;
  }

  async to({ path, args }: Asked, short: Encoded, whole: () => unknown): Promise<Answer> {
    switch (path) {
      case 'store.append':
        return { value: this.#log.appended(args, short) };
      case 'store.read':
        return { value: this.#log.read(args, Number(short)) };
      case 'store.foresee':
        return { value: short === true ? this.#log.foreseen(args) : null };
      case 'store.putBlob':
        return { value: this.#put(args) };
      case 'store.getBlob':
        return { value: short === true ? await this.#blob(String(args[0])) : null };
      case 'proofs.build':
        return { value: new Map() };
      case 'gates.layer':
        return { value: this.#layer(args, whole()) };
      case 'gates.run':
        return this.#gate(args, whole());
      default:
        return { value: whole() };
    }
  }

  async #blob(sha256: Sha256): Promise<Uint8Array> {
    const content = this.#made.get(sha256) ?? (await this.#recorded.blob(sha256));
    if (content === null) throw blobCorrupt(sha256);
    return content;
  }

  #put([content, truncated]: readonly unknown[]) {
    const bytes = content instanceof Uint8Array ? content : new Uint8Array();
    const sha256 = sha256Hex(bytes);
    this.#made.set(sha256, bytes);
    return { sha256, bytes: bytes.length, truncated: truncated === true };
  }

  #layer([, tree, base]: readonly unknown[], result: unknown): unknown {
    const layer = isObject(result) && 'layer' in result ? result.layer : null;
    if (isObject(layer) && 'digest' in layer)
      this.#layers.set(String(layer.digest), { tree: String(tree), base: String(base) });
    return result;
  }

  /** The recorded run is what the engine goes on with, as what a gate prints is never the same. */
  async #gate([asked]: readonly unknown[], measured: unknown): Promise<Answer> {
    if (this.#recorded.gate === undefined) return { value: measured };
    const request: RunGateRequest = Object.assign(JSON.parse('{}'), asked);
    const recorded: Measurement = Object.assign(JSON.parse('{}'), measured);
    const layer = recorded.layer === null ? null : (this.#layers.get(recorded.layer) ?? null);
    const differs = await this.#recorded.gate({ request, recorded, layer });
    return differs === null ? { value: measured } : { differs };
  }
}
