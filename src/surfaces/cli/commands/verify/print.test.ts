import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ELSEWHERE, type VerifyReport } from '../../../../app/verify/report.ts';
import { openOutput } from '../../output/print.ts';
import { print } from './print.ts';

const HEAD = 'c'.repeat(40);
const PROVEN: NonNullable<VerifyReport['proven']> = {
  goal: 'g-1',
  status: 'ready',
  endedAt: '2026-01-31T00:00:00.000Z',
  base: 'b'.repeat(40),
  candidate: null,
  head: HEAD,
  rules: null,
  levels: [],
  gaps: [],
  keyid: 'SHA256:a',
  signer: 'omk',
  redacted: 0,
};

function nextOf(checks: VerifyReport['checks'], alone?: true): string | undefined {
  const lines: string[] = [];
  const output = { ...openOutput(false), out: (text: string) => void lines.push(text) };
  const report: VerifyReport = { asked: 'V1', reached: 'V0', proven: PROVEN, checks };
  print(report, { folder: 'bundle', ...(alone ? { alone } : {}) }, output);
  return lines.find((line) => line.startsWith('  next'));
}

test('where the result is not in the clone, it says what is needed for it', () => {
  const lacks = [{ code: 'E_GIT', ok: false, text: `the result commit ${HEAD} is in the repository` }] as const;
  const fetch = '  next    fetch the branch of the result';
  assert.equal(
    nextOf(lacks),
    `${fetch}; --replay and --rerun do without it, unless its patch is masked, or it had several tasks and no cassette`,
  );
  assert.equal(nextOf(lacks, true), fetch, 'the verifier of one file has neither');
  const made = { code: 'E_GIT', ok: true, text: `the result commit ${HEAD} ${ELSEWHERE}` } as const;
  const tree = { code: 'E_GIT', ok: false, text: 'the tree of a task is in the repository' } as const;
  assert.deepEqual([nextOf([made]), nextOf([made, tree])], [undefined, fetch]);
});
