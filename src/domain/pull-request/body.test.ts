import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { currentSnapshot, type GoalState } from '../goal/state.ts';
import { known } from '../goal/gap.ts';
import { examinedOf } from '../testing/build.ts';
import { fc } from '../testing/fast-check.ts';
import { endReady, play } from '../testing/ready.ts';
import { withHeldOut } from '../testing/held-out.ts';
import { withOwnTests } from '../testing/own-tests.ts';
import { fold } from '../transition/evolve.ts';
import { composeBody, MOST, type BodyRequest } from './compose.ts';
import { checkedGates, guards } from './facts.ts';

const READY = fold(endReady());
const CANDIDATE = currentSnapshot(READY)?.candidate ?? '';
const REQUEST: BodyRequest = {
  goal: 'g-20260101-abc123',
  commit: 'c'.repeat(40),
  template: null,
  places: [],
  keyid: 'SHA256:x',
  moved: null,
  merged: null,
  before: [],
};
const created = READY.created;
assert.ok(created && READY.ended);

/** The lines of one section; null where the body has none of this title. */
function section(title: string, state: GoalState, more: Partial<BodyRequest> = {}): readonly string[] | null {
  const body = composeBody(state, { ...REQUEST, ...more });
  const found = body.split(/^### /m).find((each) => each.startsWith(`${title}\n`));
  return found === undefined ? null : found.trim().split('\n').slice(2);
}
const changing = (count: number, more: object = {}): GoalState => ({
  ...READY,
  examined: new Map([
    [
      CANDIDATE,
      examinedOf(CANDIDATE, {
        changes: Array.from({ length: count }, (_, at) => ({
          path: `src/a${at}.js`,
          change: 'added' as const,
          oldMode: '000000' as const,
          newMode: '100644' as const,
        })),
        ...more,
      }),
    ],
  ]),
});

suite('what changed', () => {
  test('is named, sixty files at most', () => {
    assert.deepEqual(section('What changed', changing(0)), ['- nothing']);
    assert.deepEqual(section('What changed', changing(1)), ['- added `src/a0.js`']);
    assert.equal(section('What changed', changing(60))?.length, 60);
    const many = section('What changed', changing(62));
    assert.equal(many?.length, 61);
    assert.equal(many?.at(-1), '- and 2 more files');
  });
  test('says what became of tests', () => {
    const tests = { changes: [{ kind: 'added', path: 'a.test.js', test: 'adds' }], more: 0 } as const;
    assert.match(section('What changed', changing(1, { tests }))?.at(-1) ?? '', /^Tests: /);
  });
  test('is left out where nothing was examined', () =>
    assert.equal(section('What changed', { ...READY, examined: new Map() }), null));
});

suite('the goal', () => {
  const from = (url: string): GoalState => ({
    ...READY,
    created: { ...created, origin: { kind: 'issue', number: 4, url } },
  });
  const RESOLVES: readonly (readonly [url: string, resolves: string | null])[] = [
    ['https://github.com/o/r.js/issues/4', 'Resolves o/r.js#4'],
    ['http://git.example.org/o-1/r_2/issues/44', 'Resolves o-1/r_2#4'],
    ['https://github.com/o/r/issues/4/x', null],
    ['https://github.com/o/r/pull/4', null],
    ['https://github.com/o/issues/4', null],
    ['see https://github.com/o/r/issues/4', null],
    ['https://github.com/o/r/issues/four', null],
    ['https://github.com/a/o/r/issues/4', null],
    ['https://github.com/o/r x/issues/4', null],
  ];
  for (const [url, resolves] of RESOLVES)
    test(`of ${url} ${resolves === null ? 'closes nothing' : 'closes it'}`, () => {
      const lines = section('Goal', from(url)) ?? [];
      assert.equal(lines.find((line) => line.startsWith('Resolves')) ?? null, resolves);
    });
  test('and its issue are those of the first round', () => {
    const before = [{ goal: 'g-1', state: { ...from('https://github.com/o/r/issues/4') } }];
    const lines = section('Goal', { ...READY, created: { ...created, prompt: 'Mend the checks' } }, { before }) ?? [];
    assert.ok(lines.includes('Resolves o/r#4') && lines.some((line) => line.includes(created.prompt)));
    assert.ok(!lines.some((line) => line.includes('Mend the checks')));
  });
});

suite('earlier rounds', () => {
  test('are told with their commits and what was judged', () => {
    const lines = section('Earlier rounds', READY, { before: [{ goal: 'g-1', state: READY }] }) ?? [];
    const { commit = '' } = READY.integrated ?? {};
    const gates = checkedGates(READY).map(({ gate, passed }) => `\`${gate}\` (${passed} tests)`);
    assert.equal(
      lines[0],
      `- \`g-1\`: commit \`${commit}\` on \`${created.repository.commit}\`, judged with ${gates.join(', ')}`,
    );
    assert.equal(lines.length, 1 + guards(READY).length);
  });
  test('are left out where there are none', () => assert.equal(section('Earlier rounds', READY), null));
});

suite('what was checked', () => {
  test('is a row for each gate, and the base that judged', () => {
    const lines = section('What was checked', READY) ?? [];
    assert.equal(lines[2], '| `test` | pass | 2 | 1 | yes |');
    assert.match(
      lines.at(-1) ?? '',
      new RegExp(`^Judged by omk on commit \`c{40}\` against base \`${created.repository.commit}\``),
    );
    assert.equal(section('What was checked', READY, { moved: 'It moved.' })?.at(-1), 'It moved.');
  });
  test('says what was not', () => {
    const unmeasured = { ...READY, measurements: [] };
    assert.deepEqual(checkedGates(unmeasured), [
      { gate: 'test', passes: false, passed: null, kept: null, mended: null, canary: false },
    ]);
    assert.equal(
      section('What was checked', unmeasured)?.[2],
      '| `test` | not passed | not counted | not counted | no |',
    );
    assert.deepEqual(checkedGates({ ...READY, policy: null }), []);
  });
});

suite('limits', () => {
  const limited = (count: number): GoalState => ({
    ...READY,
    ended: {
      status: 'ready',
      failure: null,
      gaps: [
        { kind: 'blocking', code: 'G_GATE_FAILED', subject: 'x', text: 'no limit', fix: '' },
        ...Array.from({ length: count }, (_, at) => known('K_EXIT_ONLY', 'x', `limit ${at}`)),
      ],
    },
  });
  test('are thirty at most', () => {
    assert.deepEqual(section('Limits', limited(0)), ['- none are known beyond those that every proof has']);
    assert.deepEqual(section('Limits', limited(1)), [String.raw`- limit 0 (K\_EXIT\_ONLY)`]);
    assert.equal(section('Limits', limited(30))?.length, 30);
    assert.equal(section('Limits', limited(31))?.at(-1), '- and 1 more');
    assert.deepEqual(section('Limits', { ...READY, ended: null }), section('Limits', limited(0)));
  });
});

suite('questions and answers', () => {
  const question = { id: 'q', code: 'no_criterion', subject: 'goal', text: 'What shows it?' } as const;
  const asked = (...questions: GoalState['questions']) => section('Questions and answers', { ...READY, questions });
  test('are told as they were asked and answered', () => {
    const lines = asked({ question, answer: { kind: 'reject', note: 'never' } }) ?? [];
    assert.deepEqual(lines.slice(0, 3), ['What shows it?', '', 'A person answered: reject:']);
    assert.ok(lines.some((line) => line.includes('never')));
    assert.deepEqual(asked({ question, answer: { kind: 'accept' } }), [
      'What shows it?',
      '',
      'A person answered: accept',
    ]);
    assert.ok(asked({ question, answer: { kind: 'text', text: 'like so' } })?.some((line) => line.includes('like so')));
  });
  test('that nobody answered are left out', () => assert.equal(asked({ question, answer: null }), null));
});

suite('what guards it', () => {
  test('are tests that failed before and pass now', () =>
    assert.ok(guards(READY).includes('gate test: 1 test that failed on the base pass now')));
  test('are held-out checks, and new tests that fail without the change', () => {
    assert.ok(
      guards(play(withHeldOut()).state).some((text) => /^1 held-out test file, which the agent never saw/.test(text)),
    );
    assert.ok(
      guards(play(withOwnTests()).state).includes(
        '1 of 1 new tests fail where the functions of the change do nothing (subtract)',
      ),
    );
  });
});

test('how to verify names the commit that is delivered, with its own base and goal where that is a merge', () => {
  const lines = (merged: BodyRequest['merged']) => section('How to verify', READY, { merged })?.join('\n') ?? '';
  assert.match(lines(null), new RegExp(`--base ${created.repository.commit} --head c{40}\\n`));
  const merged = lines({ goal: 'g-2', base: 'd'.repeat(40), commit: 'e'.repeat(40) });
  assert.match(merged, /proof of goal `g-2`/);
  assert.match(merged, /--base d{40} --head e{40}\n/);
});

test('property: a template that is too long is cut, and no fence of it stays open', () => {
  const line = fc.constantFrom('```', '````', 'text', '`'.repeat(5));
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
      const template = `${lines.join('\n')}\n${'x '.repeat(12_000)}`;
      const body = composeBody(READY, { ...REQUEST, template });
      assert.ok(body.length <= MOST);
      const [head = ''] = body.split('\n\n---\n\n');
      assert.ok(head.length <= 20_000 && head.endsWith('… (the rest is left out: it does not fit)'));
      let open = 0;
      for (const [fence] of head.matchAll(/^`{3,}/gm)) {
        if (open === 0) open = fence.length;
        else if (fence.length >= open) open = 0;
      }
      assert.equal(open, 0);
    }),
  );
});
