import type { LoggedEvent } from '../../domain/goal/event.ts';
import type { BlobRef } from '../../domain/ids.ts';

/** A file of `artifacts/` and the blob it shows. */
export interface Artifact {
  readonly path: string;
  readonly blob: BlobRef;
}

/** What each turn, gate run and candidate left, by the places a person looks in. */
export const artifacts = (events: readonly LoggedEvent[]): readonly Artifact[] => events.flatMap(of);

function of(event: LoggedEvent): readonly Artifact[] {
  switch (event.type) {
    case 'dependencies.prepared':
      return (event.data.locks ?? []).map(({ path, blob }) => ({
        path: `artifacts/dependencies/${segment(path)}`,
        blob,
      }));
    case 'turn.started':
      return [{ path: `${turnFolder(event.data)}/prompt.md`, blob: event.data.prompt }];
    case 'turn.ended':
      return [
        ...file(`${turnFolder(event.data)}/stream.ndjson`, event.data.stream),
        ...file(`${turnFolder(event.data)}/stderr.txt`, event.data.stderr),
      ];
    case 'gate.measured': {
      const { gate, purpose, round, stdout, stderr, report } = event.data;
      // The seq keeps runs of one gate apart, and in order.
      const folder = `artifacts/gates/${number(event.seq)}-${segment(gate)}-${purpose}-${round}`;
      const read = report.kind === 'tests' ? report.blob : null;
      return [
        ...file(`${folder}/stdout.txt`, stdout),
        ...file(`${folder}/stderr.txt`, stderr),
        ...file(`${folder}/report`, read),
      ];
    }
    case 'command.observed': {
      const { of: kind, place, round, parts } = event.data;
      const folder = `artifacts/commands/${number(event.seq)}-${kind}-${place + 1}-${round}`;
      return parts.map(({ name, blob }) => ({ path: `${folder}/${segment(name)}`, blob }));
    }
    case 'candidate.examined':
      return [
        {
          path: `artifacts/patches/${number(event.seq)}-${segment(event.data.candidate.slice(0, 12))}.patch`,
          blob: event.data.patch,
        },
      ];
    default:
      return [];
  }
}

const turnFolder = ({ attempt, turn }: { readonly attempt: number; readonly turn: number }): string =>
  `artifacts/attempt-${attempt}/turn-${turn}`;

const file = (path: string, blob: BlobRef | null): readonly Artifact[] => (blob === null ? [] : [{ path, blob }]);

const number = (seq: number): string => String(seq).padStart(4, '0');

// Gates are named by a repository: what is not a plain name must not become a path.
const segment = (name: string): string => name.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 60);
