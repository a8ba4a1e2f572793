// A jest reporter that writes one JSON line per test, for jest 24 and later. `OMK_REPORT_DIR` names the directory.
const { claim } = require(__filename.replace(/\.cjs$/, '.seal.cjs'));

const start = claim(process.env.OMK_REPORT_DIR ?? '');
const OUTCOMES = {
  passed: 'passed',
  focused: 'passed',
  failed: 'failed',
  pending: 'skipped',
  skipped: 'skipped',
  todo: 'skipped',
  disabled: 'skipped',
};

module.exports = class Report {
  constructor(settings) {
    this.report = start?.('jest');
    if (settings?.randomize === true) this.report?.write({ event: 'order' });
  }

  onTestFileResult(test, result) {
    const project = test.context.config.displayName?.name;
    const around = project === undefined ? [] : [`[${project}]`];
    const file = result.testFilePath;
    // A file that cannot be loaded, or fails in a hook around all of its tests, fails as a whole.
    if (result.testExecError || result.testResults.length === 0) this.report?.write({ event: 'broken', file });
    for (const { ancestorTitles, title, status, failing } of result.testResults) {
      // A test that is declared to fail has not shown that something works.
      const outcome = failing && status === 'passed' ? 'skipped' : (OUTCOMES[status] ?? status);
      this.report?.write({ event: 'test', file, titles: [...around, ...ancestorTitles, title], outcome });
    }
  }

  // Its name before jest 26.
  onTestResult(test, result) {
    this.onTestFileResult(test, result);
  }

  onRunComplete() {
    this.report?.end();
  }
};
