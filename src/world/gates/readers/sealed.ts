import * as z from 'zod/mini';
import { jsonLines } from './lines.ts';
import { collector, invalidReport, relativeTo } from './outcomes.ts';
import type { Injected, Reader, ReadResult } from './port.ts';

const line = z.union([
  z.object({
    event: z.literal('test'),
    file: z.string(),
    titles: z.array(z.string()),
    outcome: z.enum(['passed', 'failed', 'skipped']),
  }),
  z.object({ event: z.literal('broken'), file: z.string() }),
  z.object({ event: z.literal('begin'), reporter: z.string(), version: z.literal(1) }),
  z.object({ event: z.literal('end') }),
  z.object({ seal: z.nullable(z.string()) }),
]);
type Line = z.infer<typeof line>;

/** A reporter of `share/reporters` written in JavaScript, which seals its report by `seal.cjs` beside it. */
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
    const parsed = jsonLines(report, (value): Line | null => line.safeParse(value).data ?? null);
    if (parsed.kind === 'invalid') return invalidReport(parsed.detail);
    const [first, ...rest] = parsed.lines;
    const seal = rest.pop();
    const last = rest.pop();
    if (!first || !('event' in first) || first.event !== 'begin' || first.reporter !== reporter)
      return invalidReport(`the report does not begin as one of ${reporter}`);
    if (!seal || !('seal' in seal) || !last || !('event' in last) || last.event !== 'end')
      return invalidReport('the report breaks off: the runner did not end by itself');
    const tests = collector();
    for (const event of rest) {
      if (!('event' in event) || event.event === 'begin' || event.event === 'end')
        return invalidReport('the report begins or ends twice');
      const file = relativeTo(root, event.file);
      if (event.event === 'broken') tests.broken(file);
      else tests.add([file, ...event.titles.filter((title) => title !== '')].join(' > '), event.outcome);
    }
    return tests.result();
  };
