import type { Measurement, TestReport } from '../../domain/gates/evidence.ts';

/** One run as a statement records it: all of the measurement but the tail and the lists of test ids, which the log has. */
export const runRecord = ({ tail: _tail, gate: _gate, report, ...run }: Measurement): object => ({
  ...run,
  report: reportRecord(report),
});

const reportRecord = (report: TestReport): object =>
  report.kind === 'tests'
    ? {
        kind: report.kind,
        reader: report.reader,
        sha256: report.blob.sha256,
        bytes: report.blob.bytes,
        counts: {
          passed: report.tests.passed.length,
          failed: report.tests.failed.length,
          skipped: report.tests.skipped.length,
        },
      }
    : report;
