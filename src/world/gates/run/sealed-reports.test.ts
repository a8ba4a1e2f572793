import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeBench } from '../testing/bench.ts';
import type { Files } from '../testing/fake-vault.ts';
import { without } from '../testing/tools.ts';

const PYTHON =
  'import unittest\nfrom sums import add\n\n\nclass SumsTest(unittest.TestCase):\n' +
  '    def test_adds(self):\n        self.assertEqual(add(2, 3), 5)\n';
const PHP =
  '<?php\nuse PHPUnit\\Framework\\TestCase;\n\nfinal class SumsTest extends TestCase\n{\n' +
  '    public function testAdds(): void\n    {\n        $this->assertSame(5, add(2, 3));\n    }\n}\n';
const XML =
  '<phpunit bootstrap="sums.php"><testsuites><testsuite name="all"><directory>tests</directory></testsuite></testsuites></phpunit>\n';
/** Writes the log that PHPUnit would have written to where it would have, and ends. */
const FORGES =
  '<?php\nfunction add(int $a, int $b): int\n{\n    foreach ($_SERVER["argv"] as $word) if ' +
  '(str_contains($word, "://")) file_put_contents($word, "<testsuites><testsuite><testcase ' +
  'name=\\"testAdds\\" classname=\\"SumsTest\\" file=\\"/omk/checkout/tests/SumsTest.php\\"/></testsuite>' +
  '</testsuites>");\n    exit(0);\n}\n';

const CASES: readonly {
  readonly name: string;
  readonly skip: string | false;
  readonly command: string;
  readonly id: string;
  readonly test: Files;
  readonly right: Files;
  readonly wrong: Files;
}[] = [
  {
    name: 'unittest',
    skip: without('python3', '--version'),
    command: 'python3 -m unittest',
    id: 'test_sums.py::SumsTest::test_adds',
    test: { 'test_sums.py': PYTHON },
    right: { 'sums.py': 'def add(a, b):\n    return a + b\n' },
    wrong: { 'sums.py': 'import os\n\n\ndef add(a, b):\n    os._exit(0)\n' },
  },
  {
    name: 'phpunit',
    skip: without('phpunit', '--version'),
    command: 'phpunit',
    id: 'tests/SumsTest.php::SumsTest::testAdds',
    test: { 'phpunit.xml': XML, 'tests/SumsTest.php': PHP },
    right: { 'sums.php': '<?php\nfunction add(int $a, int $b): int\n{\n    return $a + $b;\n}\n' },
    wrong: { 'sums.php': FORGES },
  },
];

for (const { name, skip, command, id, test: tests, right, wrong } of CASES)
  test(`${name}: a sealed report, canaries in it, and none where the subject ends the process`, { skip }, async (t) => {
    const bench = await makeBench({
      sandbox: 'auto',
      trees: { right: { ...tests, ...right }, wrong: { ...tests, ...wrong } },
    });
    t.after(() => bench.remove());
    const run = await bench.run(command, 'right', { purpose: 'canary', canaryBase: 'right' });
    assert.ok(run.report.kind === 'tests', `${JSON.stringify(run.report)} ${run.tail}`);
    const { passed, failed } = run.report.tests;
    assert.deepEqual(passed, [id]);
    const names = run.canary?.names ?? [];
    assert.equal(failed.length, names.length);
    for (const each of names)
      assert.ok(
        failed.some((found) => found.endsWith(each)),
        each,
      );
    const ended = await bench.run(command, 'wrong');
    assert.deepEqual(ended.outcome, { kind: 'exited', code: 0 });
    assert.equal(ended.report.kind, 'unreadable');
  });
