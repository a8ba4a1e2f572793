import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun } from './support/machine.ts';

/** A suite of which one test needs a host on the network. */
const NET = `import { lookup } from 'node:dns/promises';
import { test } from 'node:test';
test('asks a host', () => lookup('host.example'));
`;

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };

suite('a required gate that cannot pass here', () => {
  test('is asked about before an agent is paid, with the setting that mends it; gates run says the same', async (t) => {
    const m = await machine(t, { ...javascript.files, 'test/net.test.js': NET });
    const agent = m.agent({ turns: [{ steps: [fix] }] });
    const ran = await m.omk(['run', '--agent', agent, '--check', 'node -e process.exit(1)', 'Make the red test green']);
    assert.equal(ran.code, 4, ran.err);
    const said = ran.out + ran.err;
    assert.match(
      said,
      /question +Gate npm-test cannot pass here, whatever an agent does: it needs the network, which is off in gates/,
    );
    assert.match(said, /next +mend it, then omk goal resume \S+; or omk goal answer \S+ --known-red npm-test/);
    assert.doesNotMatch(said, /starting agent/);
    const gates = await m.omk(['gates', 'run']);
    assert.match(
      gates.out,
      /it needs the network, which is off in gates: set network = true for this gate in \.omk\/gates\.toml, which omk init writes/,
    );

    assert.equal((await m.omk(['goal', 'answer', '--known-red', 'lint'])).code, 2);
    assert.equal((await m.omk(['goal', 'resume'])).code, 4, 'it is measured again, and asked again');
    assert.equal((await m.omk(['goal', 'answer', '--known-red', 'npm-test'])).code, 0);
    const resumed = await m.omk(['goal', 'resume', 'latest']);
    assert.doesNotMatch(resumed.out + resumed.err, /cannot pass here, whatever/);
  });
});

suite('a base that is red for other reasons', () => {
  const files = {
    ...javascript.files,
    'test/other.test.js': "import { test } from 'node:test';\ntest('other', () => { throw new Error('old'); });\n",
  };

  test('need not turn green where a check says what is done; the proof lists it and verifies', async (t) => {
    const m = await machine(t, files);
    const run = parseRun(
      await m.omk([
        'run',
        '--json',
        '--agent',
        m.agent({ turns: [{ steps: [fix] }] }),
        '--check',
        `grep -qF '${javascript.fix}' ${javascript.subject}`,
        'Mend the bug',
      ]),
    );
    assert.equal(run.status, 'ready');
    assert.deepEqual(
      run.gaps.filter(({ code }) => code === 'K_RED_BEFORE').map(({ subject }) => subject),
      ['npm-test'],
    );
    assert.equal((await m.omk(['verify'])).code, 0);
  });

  test('may bring no new failure', async (t) => {
    const m = await machine(t, files);
    const breaks = { write: { path: 'src/new.js', content: 'x' } };
    const bad = {
      edit: { path: javascript.subject, find: javascript.bug, replace: `${javascript.fix} throw new Error('x');` },
    };
    const run = parseRun(
      await m.omk([
        'run',
        '--json',
        '--max-attempts',
        '1',
        '--max-turns',
        '1',
        '--agent',
        m.agent({ turns: [{ steps: [bad, breaks] }] }),
        '--check',
        'test -f src/new.js',
        'Add a file',
      ]),
    );
    assert.equal(run.status, 'not_ready');
  });

  test('offers known red with its flags where it ends short of ready', async (t) => {
    const m = await machine(t, files);
    const ran = await m.omk([
      'run',
      '--max-attempts',
      '1',
      '--max-turns',
      '1',
      '--agent',
      m.agent({ turns: [{ steps: [fix] }] }),
      'Mend the bug',
    ]);
    assert.equal(ran.code, 3);
    assert.match(
      ran.out + ran.err,
      /1 of 1 failing tests \(.*other.*\) failed before any change.*--known-red npm-test --check/,
    );
  });
});
