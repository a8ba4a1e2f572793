import { hash } from 'node:crypto';
import { canonical } from '../../../domain/canonical.ts';
import type { GoalEvent, LoggedEvent } from '../../../domain/goal/event.ts';
import type { LogLine, Store } from '../../../store/port.ts';

/** The log and the blobs of one goal in memory, for any number of worlds at once. */
export function memoryStore(now: () => number): Store & { readonly blobs: ReadonlyMap<string, Uint8Array> } {
  const lines: LogLine[] = [];
  const blobs = new Map<string, Uint8Array>();
  const followers = new Set<() => void>();
  const seal = (events: readonly GoalEvent[], at: string): readonly LogLine[] => {
    const made: LogLine[] = [];
    for (const event of events) {
      const before = made.at(-1) ?? lines.at(-1);
      const prev = before ? hash('sha256', before.line, 'hex') : '0'.repeat(64);
      const logged: LoggedEvent = { ...event, v: 2, seq: lines.length + made.length, ts: at, prev };
      made.push({ event: logged, line: canonical(logged) });
    }
    return made;
  };
  const put = async (content: Uint8Array, truncated = false) => {
    const sha256 = hash('sha256', content, 'hex');
    blobs.set(sha256, content);
    return { sha256, bytes: content.length, truncated };
  };
  return {
    blobs,
    append: async (_goal, version, events, _summary, at) => {
      if (version !== lines.length) return { kind: 'conflict', version: lines.length };
      const made = seal(events, at ?? new Date(now()).toISOString());
      lines.push(...made);
      for (const tell of followers) setImmediate(tell);
      return { kind: 'appended', events: made.map(({ event }) => event) };
    },
    foresee: async (_goal, version, events, at) => (version === lines.length ? seal(events, at) : null),
    read: async (_goal, from = 0) => lines.slice(from),
    list: async () => [],
    subscribe: (_goal, onChange) => {
      followers.add(onChange);
      return () => void followers.delete(onChange);
    },
    putBlob: put,
    putFile: async (path) => put(Buffer.from(`what ${path} held`)),
    getBlob: async (sha256) => blobs.get(sha256) ?? null,
    listBlobs: async () => [],
    removeBlob: async () => undefined,
    remove: async () => undefined,
    moveGoals: async () => 0,
    lease: async () => ({
      kind: 'held',
      lease: { key: '', token: 1, renew: async () => true, release: async () => undefined },
    }),
    holder: async () => null,
    close: async () => undefined,
  };
}
