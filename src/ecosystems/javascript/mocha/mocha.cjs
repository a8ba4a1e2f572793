// A mocha reporter that writes one JSON line per test. `OMK_REPORT_DIR` names the directory. Mocha has one reporter, so
// it also prints what happens for people.
const { claim } = require(__filename.replace(/\.cjs$/, '.seal.cjs'));

const start = claim(process.env.OMK_REPORT_DIR ?? '');

module.exports = class Report {
  constructor(runner) {
    const report = start?.('mocha');
    const add = (test, outcome) => {
      const titles = titlesOf(test);
      report?.write({ event: 'test', file: fileOf(test), titles, outcome });
      console.log(`${outcome.padEnd(8)}${titles.join(' > ')}`);
    };
    unbail(runner.suite);
    if (process.env.OMK_MOCHA_REVERSED && reverse(runner.suite)) report?.write({ event: 'order' });
    runner.once('start', () => unbail(runner.suite));
    runner.on('pass', (test) => add(test, 'passed'));
    runner.on('pending', (test) => add(test, 'skipped'));
    runner.on('fail', (test, error) => {
      // A hook that fails keeps the tests around it from running: the file fails as a whole.
      if (test.type === 'test') add(test, 'failed');
      else report?.write({ event: 'broken', file: fileOf(test) });
      console.log(`${titlesOf(test).join(' > ')}: ${error?.stack ?? error?.message ?? error}`);
    });
    runner.once('end', () => report?.end());
  }
};

/** Every test has its say, also after one that failed, whatever arguments and settings say. */
function unbail(suite) {
  suite?.bail?.(false);
  for (const inner of suite?.suites ?? []) unbail(inner);
}

/** The last test first. With workers each file is a suite of another process, and nothing is known here. */
function reverse(suite) {
  if (!Array.isArray(suite?.suites) || suite.suites.length + suite.tests.length === 0) return false;
  suite.tests.reverse();
  suite.suites.reverse().forEach(reverse);
  return true;
}

const fileOf = (test) => test.file ?? test.parent?.file ?? 'mocha';

function titlesOf(test) {
  if (typeof test.titlePath === 'function') return test.titlePath().map(String);
  const titles = [];
  for (let at = test; at && !at.root; at = at.parent) titles.unshift(String(at.title));
  return titles;
}
