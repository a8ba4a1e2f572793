import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { readJunit } from './junit.ts';
import { parseXml } from './xml.ts';

const REFUSED: Readonly<Record<string, string>> = {
  nothing: '',
  text: 'passed',
  'cut off': '<testsuite><testcase name="a"/>',
  'two documents': '<testsuite/><testsuite/>',
  'text after the document': '<testsuite/>more',
  'tags that cross': '<a><b></a></b>',
  'an attribute twice': '<testsuite name="a" name="b"/>',
  'a doctype': '<!DOCTYPE a [<!ENTITY e "x">]><testsuite/>',
  'entities that grow': `<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "${'&a;'.repeat(99)}">]><testsuite name="&b;"/>`,
  'too deep': `${'<a>'.repeat(60)}${'</a>'.repeat(60)}`,
};
for (const [what, text] of Object.entries(REFUSED))
  test(`refused: ${what}`, () => assert.equal(typeof parseXml(text), 'string'));

test('only elements count, and names are what was meant', () => {
  const text = `<?xml version="1.0"?>
<!-- <testcase name="comment"/> -->
<testsuites><testsuite name="s" tests="99" failures="0">
  <testcase classname="c" name="a &lt;&amp;&quot;&#65;&#x42; &amp;lt; &unknown;"><system-out><![CDATA[<testcase \
name="forged"/> <!DOCTYPE x>]]></system-out></testcase>
  <x:testcase xmlns:x="y" class="C" name="b"><failure/></x:testcase>
</testsuite></testsuites>`;
  const found = readJunit(text);
  assert.ok(found.kind === 'cases');
  assert.deepEqual(found.cases, [
    { name: 'a <&"AB &lt; &unknown;', classname: 'c', file: '', outcome: 'passed' },
    { name: 'b', classname: 'C', file: '', outcome: 'failed' },
  ]);
});

test('a failure wins over what else is said of a test', () => {
  const outcome = (inside: string, more = ''): string | undefined => {
    const found = readJunit(`<testsuite><testcase name="a" ${more}>${inside}</testcase></testsuite>`);
    return found.kind === 'cases' ? found.cases[0]?.outcome : found.detail;
  };
  assert.equal(outcome(''), 'passed');
  assert.equal(outcome('', 'status="run"'), 'passed');
  assert.equal(outcome('<error/><skipped/>'), 'failed');
  assert.equal(outcome('<skipped/>'), 'skipped');
  assert.equal(outcome('', 'status="notrun"'), 'skipped');
  assert.equal(outcome('', 'status="disabled"'), 'skipped');
  assert.equal(outcome('', 'status="fail"'), 'failed');
});

test('another document is no report', () => {
  assert.deepEqual(readJunit('<html/>'), {
    kind: 'invalid',
    detail: 'the report is no JUnit report: it begins with "html"',
  });
});

test('property: no text makes the parser throw', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '<',
      '>',
      '/>',
      '</a>',
      '<a',
      ' b="',
      '"',
      '&#',
      ';',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<?',
      '<!DOCTYPE',
    ),
  );
  fc.assert(fc.property(fc.array(piece), (pieces) => void parseXml(pieces.join(''))));
});
