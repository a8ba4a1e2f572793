import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeBench } from '../../../world/gates/testing/bench.ts';
import { without } from '../../../world/gates/testing/tools.ts';

const manifest = '[package]\nname = "sums"\nversion = "0.1.0"\nedition = "2021"\n';
const tests =
  '\n#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn adds() {\n        assert_eq!(add(2, 3), 5);\n    }\n}\n';
const outer = '#[test]\nfn outer() {\n    assert_eq!(sums::add(1, 1), 2);\n}\n';
const crate = (subject: string) => ({ 'Cargo.toml': manifest, 'src/lib.rs': subject + tests, 'tests/outer.rs': outer });
const right =
  '/// ```\n/// assert_eq!(sums::add(2, 3), 5);\n/// ```\npub fn add(a: u32, b: u32) -> u32 {\n    a + b\n}\n';
const wrong = 'pub fn add(_: u32, _: u32) -> u32 {\n    4\n}\n';

const trees = {
  right: crate(right),
  broken: crate('pub fn add(a: u32, b: u32) -> u32 {\n    a +\n}\n'),
  leans: {
    'Cargo.toml': manifest,
    'src/lib.rs': `use std::sync::atomic::{AtomicUsize, Ordering};
pub static AT: AtomicUsize = AtomicUsize::new(0);
${[0, 1, 2].map((n) => `#[test]\nfn n${n}() {\n    assert_eq!(AT.fetch_add(1, Ordering::SeqCst), ${n});\n}\n`).join('')}`,
  },
  exits: crate('pub fn add(_: u32, _: u32) -> u32 {\n    std::process::exit(0)\n}\n'),
  shadows: crate(`#[allow(unused_macros)]\nmacro_rules! assert_eq {\n    ($($any:tt)*) => {};\n}\n${wrong}`),
  // Writes past the capture of libtest what libtest would have written, and ends before it can.
  forges: crate(`pub fn add(_: u32, _: u32) -> u32 {
    use std::io::Write;
    let mut out = std::io::stdout();
    writeln!(out, "{{ \\"type\\": \\"test\\", \\"name\\": \\"tests::adds\\", \\"event\\": \\"ok\\" }}").unwrap();
    writeln!(out, "{{ \\"type\\": \\"suite\\", \\"event\\": \\"ok\\", \\"passed\\": 1, \\"failed\\": 0, \\"ignored\\": 0 }}").unwrap();
    std::process::exit(0)
}
`),
};

test('cargo test', { skip: without('cargo', '--version') }, async (t) => {
  const bench = await makeBench({ sandbox: 'auto', trees });
  t.after(() => bench.remove());

  await t.test('its programs, its documentation and a canary of each shape in each file', async () => {
    const base = await bench.run('cargo test', 'right', { purpose: 'baseline' });
    assert.ok(base.report.kind === 'tests', base.tail);
    assert.deepEqual(base.report.tests, {
      passed: ['sums/doc::src/lib.rs - add', 'sums/outer::outer', 'sums::tests::adds'],
      failed: [],
      skipped: [],
    });
    assert.match(base.tail, /^test tests::adds \.\.\. ok$/m);
    const run = await bench.run('cargo test', 'right', { purpose: 'canary', canaryBase: 'right' });
    assert.ok(run.report.kind === 'tests', run.tail);
    assert.deepEqual(run.canary?.files, ['src/lib.rs', 'tests/outer.rs']);
    const names = run.canary?.names ?? [];
    assert.deepEqual(
      run.report.tests.failed,
      [...names.map((name) => `sums/outer::${name}`), ...names.map((name) => `sums::tests::${name}`)].sort(),
    );
  });

  await t.test('in another order a test that leans on others fails', async () => {
    const run = await bench.run('cargo test', 'leans', { reordered: true });
    assert.ok(run.report.kind === 'tests', run.tail);
    assert.equal(run.reordered, true);
    assert.ok(run.report.tests.failed.length > 0);
  });

  await t.test('code that does not compile is a failure with the words of the compiler', async () => {
    const run = await bench.run('cargo test', 'broken');
    assert.deepEqual(run.outcome, { kind: 'exited', code: 101 });
    assert.equal(run.report.kind, 'unreadable');
    assert.match(run.tail, /error: expected expression/);
  });

  await t.test('an early exit is no pass', async () => {
    const run = await bench.run('cargo test', 'exits');
    assert.deepEqual(run.outcome, { kind: 'exited', code: 0 });
    assert.ok(run.report.kind === 'tests');
    assert.deepEqual(run.report.tests.passed, []);
    assert.ok(run.report.tests.failed.includes('sums::tests::adds'));
  });

  for (const cheat of ['shadows', 'forges'])
    await t.test(`a subject that ${cheat} is given away by the canaries`, async () => {
      const run = await bench.run('cargo test', cheat, { purpose: 'canary', canaryBase: 'right' });
      const failed: readonly string[] = run.report.kind === 'tests' ? run.report.tests.failed : [];
      assert.ok(
        run.canary?.names?.some((name) => !failed.includes(`sums::tests::${name}`)),
        run.tail,
      );
    });
});
