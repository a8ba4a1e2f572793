import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { rspec } from './reader.ts';

const REPORT = fixture('rspec.jsonl');
const lines = REPORT.trimEnd().split('\n');
const read = (rows: readonly string[]) => rspec.read(`${rows.join('\n')}\n`, '/omk/checkout');

test('examples by file and description; pending is no pass', () => {
  const at = (name: string): string => `spec/sums_spec.rb > Sums ${name}`;
  assert.deepEqual(testsOf(read(lines)), {
    passed: [at('adds'), at('with each is expected to eq 1'), at('with each is expected to eq 2')],
    failed: [at('is wrong')],
    skipped: [at('has no body yet'), at('is pending'), at('is skipped')],
  });
});

test('a file that cannot be loaded is broken', () => {
  const [begin = '', ...rest] = lines;
  const broken = testsOf(read([begin, '{"event":"broken","file":"./spec/other_spec.rb"}', ...rest])).broken;
  assert.deepEqual(broken, ['spec/other_spec.rb']);
});

test('a report that breaks off, or an example that does, is refused', () => {
  assert.match(whyOf(read(lines.slice(0, -2))), /breaks off/);
  assert.match(whyOf(read(lines.filter((line) => !line.includes('"passed"')))), /never ends/);
  assert.match(whyOf(read(lines.filter((line) => !line.includes('"run"')))), /without having started/);
  assert.match(whyOf(read([...lines.slice(0, -1), ...lines])), /begins or ends twice/);
});

test('it is known through bundler, and told by its environment', () => {
  assert.deepEqual(rspec.recognise('bundle', ['exec', 'rspec', 'spec']), { args: ['spec'] });
  assert.deepEqual(rspec.recognise('rspec', []), { args: [] });
  assert.equal(rspec.recognise('bundle', ['exec', 'rake']), null);
  const { env } = rspec.inject({
    argv: ['rspec'],
    env: { RUBYOPT: '-w' },
    reportDir: '/r',
    injectDir: '/i',
    reporterName: 'omk_1',
    tmp: '/t',
    analysis: null,
  });
  assert.deepEqual(env, {
    OMK_RSPEC_REPORT: '/r',
    RUBYOPT: '-r/i/omk_1.rb -w',
    SPEC_OPTS: '--format progress --format Omk_1::Formatter --no-fail-fast',
  });
});
