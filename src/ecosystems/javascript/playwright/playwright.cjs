// A Playwright reporter that writes one JSON line per test and project. `OMK_REPORT_DIR` names the directory.
const { claim } = require(__filename.replace(/\.cjs$/, '.seal.cjs'));

const start = claim(process.env.OMK_REPORT_DIR ?? '');

module.exports = class Report {
  constructor() {
    this.report = start?.('playwright');
  }

  // The project's own reporters go on printing.
  printsToStdio() {
    return false;
  }

  onBegin(_config, suite) {
    this.suite = suite;
  }

  // A file that cannot be loaded, or an error outside of any test.
  onError(error) {
    this.report?.write({ event: 'broken', file: error.location?.file ?? 'playwright' });
  }

  onEnd() {
    for (const test of this.suite?.allTests() ?? []) {
      const [, project, , ...titles] = test.titlePath();
      const around = project ? [`[${project}]`] : [];
      this.report?.write({
        event: 'test',
        file: fileOf(test),
        titles: [...around, ...titles],
        outcome: outcomeOf(test),
      });
    }
    this.report?.end();
  }
};

function fileOf(test) {
  for (let at = test.parent; at; at = at.parent) if (at.type === 'file' && at.location) return at.location.file;
  return test.location.file;
}

/** After its last try. A test that is declared to fail has not shown that something works. */
function outcomeOf(test) {
  const outcome = test.outcome();
  if (outcome === 'unexpected') return 'failed';
  return outcome === 'skipped' || test.expectedStatus !== 'passed' ? 'skipped' : 'passed';
}
