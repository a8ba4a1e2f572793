import * as z from 'zod/mini';
import { eventsOf } from './frame.ts';
import { loadedLine, withLoaded } from './loaded.ts';
import { collector, relativeTo } from './outcomes.ts';
import type { Injected, Reader, ReadResult } from './port.ts';

const line = z.union([
  z.object({
    event: z.literal('test'),
    file: z.string(),
    titles: z.array(z.string()),
    outcome: z.enum(['passed', 'failed', 'skipped']),
  }),
  z.object({ event: z.literal('broken'), file: z.string() }),
  // The tests run in another order.
  z.object({ event: z.literal('order') }),
  loadedLine,
]);

/** A reporter written in JavaScript, which seals its report by `seal.cjs` of its ecosystem. */
export const sealedBy = (
  file: string,
  ...beside: readonly Injected[]
): Pick<Reader, 'reporter' | 'beside' | 'several'> => ({
  several: true,
  reporter: { file, extension: file.slice(file.lastIndexOf('.')) },
  beside: [{ file: 'seal.cjs', extension: '.seal.cjs' }, ...beside],
});

/** Where the reporters that go by `OMK_REPORT_DIR` write. */
export const reportDirIn = (reportDir: string): Readonly<Record<string, string>> => ({ OMK_REPORT_DIR: reportDir });

/** Reads the report of one runner: a line for each test with its file and titles, and for each file that failed as a whole. */
export const readSealed =
  (reporter: Reader['name']) =>
  (report: string, root: string): ReadResult => {
    const found = eventsOf(report, reporter, line);
    if (found.kind !== 'events') return found;
    const tests = collector();
    for (const event of found.events) {
      if (event.event === 'order' || event.event === 'loaded') continue;
      const file = relativeTo(root, event.file);
      if (event.event === 'broken') tests.broken(file);
      else tests.add([file, ...event.titles.filter((title) => title !== '')].join(' > '), event.outcome);
    }
    const loaded = found.events.find((event) => event.event === 'loaded');
    const result = withLoaded(tests.result(), loaded, root);
    const reordered = found.events.some((each) => each.event === 'order');
    return result.kind === 'tests' && reordered ? { ...result, reordered } : result;
  };
