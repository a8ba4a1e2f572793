import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { listing, machine, parseRun } from './support/machine.ts';
import { fix, git, oracle, readyGoal } from './support/user.ts';
import { sharedRuns } from './support/shared-runs.ts';

const shared = sharedRuns();

test('a ready goal is listed, shown, proven, verified by a stranger, applied and merged', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const goal = await readyGoal(m);
  const list = JSON.parse((await m.omk(['goal', 'list', '--json'])).out);
  assert.deepEqual(
    list.map((each: { goal: string; status: string }) => [each.goal, each.status]),
    [[goal, 'ready']],
  );
  assert.match((await m.omk(['goal', 'status'])).out, new RegExp(`^ready {2}${goal}`));
  assert.match((await m.omk(['goal', 'show'])).out, /ready: done and proven/);
  assert.match((await m.omk(['goal', 'show', '--rebuild'])).out, /are byte-identical to the log/);
  assert.match((await m.omk(['goal', 'diff'])).out, /^-export const add = \(a, b\) => a - b \* one;$/m);

  const bundle = join(m.dir, 'bundle');
  assert.equal((await m.omk(['goal', 'proof', '--out', bundle])).code, 0);
  const applied = await m.omk(['goal', 'apply', '--branch', 'fixed']);
  assert.equal(applied.code, 0, applied.err);
  assert.match(git(m, 'show', 'fixed:src/add.js'), /a \+ b/);
  assert.equal(git(m, 'rev-parse', 'fixed^'), git(m, 'rev-parse', 'HEAD'));
  assert.ok(git(m, 'for-each-ref', '--format=%(refname)', 'refs/omk').includes('refs/omk/proofs'));
  assert.equal((await m.omk(['goal', 'apply', '--branch', 'main'])).code, 2, 'an existing branch stays');

  // A stranger: another state directory, a clone, the bundle, and the public key.
  const clone = join(m.dir, 'clone');
  execFileSync('git', ['clone', '-q', '--branch', 'fixed', m.repository, clone], { env: m.env, stdio: 'ignore' });
  const stranger = { OMK_STATE_DIR: join(m.dir, 'stranger') };
  const key = join(bundle, 'keys', 'omk.pub');
  const args = ['verify', bundle, '--key', key, '--base', git(m, 'rev-parse', 'HEAD'), '--repo', clone];
  const verified = await m.omk(args, { env: stranger });
  assert.equal(verified.code, 0, verified.out + verified.err);
  const unnamed = await m.omk(['verify', bundle, '--key', key, '--repo', clone], { env: stranger });
  assert.equal(unnamed.code, 2);
  assert.match(unnamed.err, /VERIFY_NO_BASE/);
  const otherBase = await m.omk([...args.slice(0, 5), 'fixed', '--repo', clone], { env: stranger });
  assert.equal(otherBase.code, 3, otherBase.out);
  assert.match(otherBase.out, /E_BASE/);

  const merged = await m.omk(['goal', 'apply', '--merge', '--branch', 'again']);
  assert.equal(merged.code, 0, merged.err);
  assert.equal(readFileSync(join(m.repository, 'src/add.js'), 'utf8'), javascript.fixed);
  assert.equal(git(m, 'status', '--porcelain'), '');
});

test('a forged index changes nothing, and a forged log is named', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const run = parseRun(
    await m.omk([
      'run',
      '--json',
      '--max-attempts',
      '1',
      '--agent',
      m.agent({ turns: [{ steps: [{ say: 'done' }] }] }),
      'Make the red test green',
    ]),
  );
  assert.equal(run.status, 'not_ready');
  const proof = join(m.state, 'goals', run.goal, 'proof');
  writeFileSync(join(proof, 'proof.json'), '{"status":"ready"}');
  const verified = await m.omk(['verify', run.goal]);
  assert.equal(verified.code, 3);
  assert.match(verified.out, /verified to V1: .* ended not_ready/);
  const log = readFileSync(join(proof, 'events.jsonl'), 'utf8');
  writeFileSync(join(proof, 'events.jsonl'), log.replace('"not_ready"', '"ready"'));
  const forged = await m.omk(['verify', run.goal]);
  assert.equal(forged.code, 3);
  assert.match(forged.out, /not verified[\s\S]*|E_LOG/);
  assert.doesNotMatch(forged.out, /verified to V/);
});

test('the proof of another goal is not the proof of this one', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const good = await readyGoal(m);
  const bad = parseRun(
    await m.omk([
      'run',
      '--json',
      '--max-attempts',
      '1',
      '--agent',
      m.agent({ turns: [{ steps: [{ say: 'done' }] }] }),
      'Make the red test green',
    ]),
  );
  const proofOf = (goal: string): string => join(m.state, 'goals', goal, 'proof');
  rmSync(proofOf(bad.goal), { recursive: true });
  cpSync(proofOf(good), proofOf(bad.goal), { recursive: true });
  const verified = await m.omk(['verify', bad.goal]);
  assert.equal(verified.code, 3);
  assert.match(verified.out, /E_SUBJECT/);
});

test('a question is asked before an agent is paid, and the answer continues the goal', async (t) => {
  const m = await machine(t, { ...javascript.files, [javascript.subject]: javascript.fixed });
  const agent = m.agent({ turns: [{ steps: [{ write: { path: 'done.txt', content: 'done\n' } }, { say: 'done' }] }] });
  const asked = await m.omk(['run', '--oracle', 'ask', '--agent', agent, 'Write done.txt']);
  assert.equal(asked.code, 4, asked.err);
  assert.match(asked.out, /What shows that this is done\?/);
  assert.doesNotMatch(asked.out, /turn 1/);
  assert.equal(asked.out.match(/What shows that this is done/g)?.length, 1, asked.out);
  assert.doesNotMatch(asked.out, /missing|not run on a candidate/, 'the question says it');
  assert.equal((await m.omk(['goal', 'answer', '--reject', 'no'])).code, 2);
  assert.equal((await m.omk(['goal', 'answer'])).code, 2);
  assert.equal((await m.omk(['goal', 'resume'])).code, 4, 'resuming does not launder the question');
  assert.equal((await m.omk(['goal', 'answer', '--check', 'test -f done.txt'])).code, 0);
  assert.match((await m.omk(['goal', 'answer', '--accept'])).err, /no open question.*\n +omk goal resume g-/);
  const resumed = await m.omk(['goal', 'resume']);
  assert.equal(resumed.code, 0, resumed.out);
  assert.equal((await m.omk(['verify'])).code, 0);
});

test('changed tests are a question: a person may accept them, or refuse with a reason the agent gets', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const rewritten = {
    edit: { path: javascript.redTest, find: 'assert.equal(add(2, 3), 5)', replace: 'assert.equal(add(2, 3), -1)' },
  };
  const agent = m.agent({
    turns: [
      { steps: [rewritten, { say: 'the test was wrong' }] },
      {
        when: { prompt_matches: 'keep the old test' },
        steps: [{ edit: { path: javascript.redTest, find: 'add(2, 3), -1', replace: 'add(2, 3), 5' } }, fix],
      },
    ],
    then: 'say_done',
  });
  const run = ['run', '--json', '--max-attempts', '1', '--agent', agent, 'Make the red test green'];
  const first = parseRun(await m.omk(run));
  assert.equal(first.status, 'blocked_on_human');
  assert.equal((await m.omk(['goal', 'answer', '--reject', 'no'])).code, 0);
  assert.equal((await m.omk(['goal', 'answer', '--accept'])).code, 0, 'a no can be taken back');
  assert.equal((await m.omk(['goal', 'answer', '--reject', 'no'])).code, 2, 'a yes cannot');
  const accepted = parseRun(await m.omk(['goal', 'resume', '--json']));
  assert.equal(accepted.status, 'ready');
  assert.ok(
    accepted.gaps.some((gap) => gap.code === 'K_CONTRACT_ACCEPTED'),
    'and the proof says so',
  );
  assert.equal((await m.omk(['verify'])).code, 0);

  const second = parseRun(await m.omk(run));
  assert.equal(second.status, 'blocked_on_human');
  assert.equal((await m.omk(['goal', 'answer', '--reject', 'keep the old test'])).code, 0);
  assert.equal(parseRun(await m.omk(['goal', 'resume', '--json'])).status, 'ready');
});

test('a question of the agent is for a person, whose answer the agent gets when it asks again', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const ask = { title: 'Which database may I drop?', answers: ['production', 'staging'] };
  const agent = m.agent({ turns: [{ steps: [{ ask_permission: ask }, fix] }] });
  const asked = await m.omk(['run', '--agent', agent, 'Make the red test green']);
  assert.equal(asked.code, 4, asked.err);
  assert.match(asked.out, /The agent asks: Which database may I drop\?\s+1\. production\s+2\. staging/);
  assert.match(asked.out, /omk goal answer \S+ --choose <number>/);
  for (const wrong of [['--accept'], ['--choose', '3'], ['--choose', 'staging']])
    assert.equal((await m.omk(['goal', 'answer', ...wrong])).code, 2);
  assert.equal((await m.omk(['goal', 'answer', '--choose', '2'])).code, 0);
  const resumed = parseRun(await m.omk(['goal', 'resume', '--json']));
  assert.equal(resumed.status, 'ready');
  const ended = resumed.events.filter((event) => event.type === 'turn.ended').at(-1)?.data ?? {};
  assert.match(JSON.stringify(ended['permissions']), /a person chose \\"staging\\"/);
  assert.equal((await m.omk(['verify'])).code, 0);
});

test(
  'a form of the agent is asked field by field, without a turn between, and comes back filled in',
  { skip: slow },
  async (t) => {
    const m = await machine(t, javascript.files, { runs: shared });
    const properties = {
      database: { type: 'string', enum: ['production', 'staging'] },
      rows: { type: 'integer', title: 'How many rows?' },
    };
    const params = {
      mode: 'form',
      sessionId: 's',
      message: 'I have to drop data',
      requestedSchema: { type: 'object', properties, required: ['database', 'rows'] },
    };
    const address = { mode: 'url', sessionId: 's', elicitationId: 'e', url: 'https://example.org', message: 'Log in' };
    const request = (given: object) => ({ request: { method: 'elicitation/create', params: given } });
    const agent = m.agent({ turns: [{ steps: [request(address), request(params), fix] }] });
    const asked = await m.omk(['run', '--agent', agent, 'Make the red test green']);
    assert.equal(asked.code, 4, asked.err);
    assert.match(asked.out, /The agent asks: I have to drop data \S+ database\s+1\. production\s+2\. staging/);
    assert.equal((await m.omk(['goal', 'answer', '--text', 'staging'])).code, 2);
    assert.equal((await m.omk(['goal', 'answer', '--choose', '2'])).code, 0);
    const next = await m.omk(['goal', 'resume']);
    assert.equal(next.code, 4, next.err);
    assert.match(next.out, /The agent asks: I have to drop data \S+ How many rows\?[^]*--text "<answer>"/);
    for (const wrong of [
      ['--choose', '1'],
      ['--text', 'many'],
      ['--text', '1.5'],
    ]) {
      const answer = await m.omk(['goal', 'answer', ...wrong]);
      assert.equal(answer.code, 2);
      assert.match(answer.err, /answered with --text <whole number>/);
    }
    assert.equal((await m.omk(['goal', 'answer', '--text', '12'])).code, 0);
    const resumed = parseRun(await m.omk(['goal', 'resume', '--json']));
    assert.equal(resumed.status, 'ready');
    const ended = resumed.events.filter((event) => event.type === 'turn.ended');
    assert.deepEqual(
      ended.map(({ data }) => data?.['turn']),
      [2],
      'no turn between the fields',
    );
    assert.match(
      JSON.stringify(ended.at(-1)?.data?.['permissions']),
      /omk opens no address[^]*a person filled in the form/,
    );
    assert.match(
      (await m.omk(['goal', 'log'])).out,
      /\{"action":"accept","content":\{"database":"staging","rows":12\}\}/,
    );
    assert.equal((await m.omk(['verify'])).code, 0);
  },
);

test('what the agent said and did can be read, of one turn or of all', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const agent = m.agent({
    turns: [
      { steps: [{ say: 'Not yet.' }, { write: { path: 'x.js', content: '1\n' } }] },
      { steps: [fix, { run: ['echo', 'ran it'] }] },
    ],
  });
  const run = await m.omk(['run', '--agent', agent, 'Make the red test green']);
  assert.match(run.out, /what the agent did: omk goal log g-/);
  const log = await m.omk(['goal', 'log']);
  assert.equal(log.code, 0, log.err);
  assert.match(log.out, /^attempt 1, turn 1: completed$/m);
  assert.match(log.out, /agent:\n {2}Not yet\./);
  assert.match(log.out, /tool: echo ran it \(completed\)[^]*\| ran it/);
  const second = JSON.parse((await m.omk(['goal', 'log', '--attempt', '1', '--turn', '2', '--json'])).out);
  assert.deepEqual(
    second.turns.map((each: { turn: number }) => each.turn),
    [2],
  );
  assert.ok(second.turns[0].entries.some((entry: { kind: string }) => entry.kind === 'tool'));
  const none = await m.omk(['goal', 'log', '--turn', '9']);
  assert.equal(none.code, 2);
  assert.match(none.err, /no such turn; it has attempt 1 with turns 1 to 2\n +omk goal log g-/);
});

test('init writes a file that works once it is committed, and never overwrites', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const before = listing(m.repository);
  const init = await m.omk(['init']);
  assert.equal(init.code, 0, init.err);
  assert.match(init.out, /\[\[gates\]\]/);
  assert.match(init.err, /Commit it/);
  const { '/.omk/gates.toml': written, '/.omk/gates.schema.json': schema, ...rest } = listing(m.repository);
  assert.deepEqual(rest, before);
  assert.ok(written?.startsWith('#:schema ./gates.schema.json\n'));
  assert.equal(schema, (await m.omk(['gates', 'schema'])).out);
  assert.equal((await m.omk(['init'])).code, 2);
  git(m, 'add', '-A');
  git(m, 'commit', '-qm', 'Gates');
  const gates = JSON.parse((await m.omk(['gates', 'list', '--json'])).out);
  assert.equal(gates[0].source.kind, 'file');
  assert.match((await m.omk(['gates', 'explain'])).out, /canary {3}a test that must fail, planted in test\//);
  const run = await m.omk(['gates', 'run']);
  assert.equal(run.code, 3);
  assert.match(run.out, /1 of 2 tests failed: .* \(E_TESTS_FAILED\)/, 'words before the code');
});

test('a gate file that does not parse stops the run with file and line, and leaves no goal', async (t) => {
  const m = await machine(t, { ...javascript.files, '.omk/gates.toml': '[[gates]]\nname = "test"\ncommand = \n' });
  const ran = await m.omk(['run', '--agent', oracle(m), 'Make the red test green']);
  assert.equal(ran.code, 2);
  assert.match(ran.err, /\.omk\/gates\.toml:3/);
  assert.match(ran.err, /GATES_INVALID/);
  assert.match((await m.omk(['goal', 'list'])).err, /no goals yet/);
});

test('goals come from arguments, files and standard input, and bad input gets a sentence', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const file = join(m.dir, 'goal.md');
  writeFileSync(file, '# Long goal\n\nMake the red test green\n');
  const [notText, withNul] = [join(m.dir, 'latin.md'), join(m.dir, 'nul.md')];
  writeFileSync(notText, Buffer.from('grün', 'latin1'));
  writeFileSync(withNul, 'a\0b');
  const quick = ['--json', '--max-attempts', '1', '--agent', m.agent({ turns: [{ steps: [{ say: 'done' }] }] })];
  const title = async (args: readonly string[], input = ''): Promise<unknown> => {
    const run = parseRun(await m.omk(['run', ...quick, ...args], { input }));
    return JSON.parse((await m.omk(['goal', 'show', run.goal, '--json'])).out).state.created.title;
  };
  assert.equal(await title(['--file', file]), '# Long goal');
  assert.equal(await title(['-'], 'From standard input\n'), 'From standard input');
  const bad: readonly (readonly [readonly string[], string])[] = [
    [['run'], 'GOAL_MISSING'],
    [['run', '   '], 'GOAL_EMPTY_PROMPT'],
    [['run', '--file', join(m.dir, 'absent.md')], 'GOAL_FILE_UNREADABLE'],
    [['run', '--file', notText], 'GOAL_FILE_UNREADABLE'],
    [['run', '--file', withNul], 'GOAL_FILE_UNREADABLE'],
    [['run', '--file', file, 'and more'], 'GOAL_TWICE'],
    [['run', '--max-attempts', '0', 'x'], 'FLAG_INVALID'],
    [['run', '--turn-timeout', '5 parsecs', 'x'], 'FLAG_INVALID'],
    [['run', '--known-red', 'nothing', 'x'], 'GATE_UNKNOWN'],
    [['run', '--agent', 'scripted:/absent.json', 'x'], '.'],
    [['goal', 'status', 'g-unknown'], 'GOAL_NOT_FOUND'],
  ];
  for (const [args, code] of bad) {
    const ran = await m.omk([
      ...args,
      ...(args[0] === 'run' && !args.includes('--agent') ? ['--agent', oracle(m)] : []),
    ]);
    assert.equal(ran.code, 2, `${args.join(' ')}: ${ran.err}`);
    assert.match(ran.err, new RegExp(`\\[.*${code}.*\\]`));
  }
  const typo = await m.omk(['rnu']);
  assert.equal(typo.code, 2);
  assert.match(typo.err, /Did you mean run/);
});

test('without an agent the run says which there are and how to get one; a missing program blocks on the outside', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const path = `${join(m.dir, 'bin')}`;
  mkdirSync(path);
  for (const program of ['git', 'node', 'sh'])
    execFileSync('ln', [
      '-s',
      execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim(),
      join(path, program),
    ]);
  for (const wrong of [
    ['  '],
    ['--max-turns', 'many', 'x'],
    ['--oracle', 'me', 'x'],
    ['--author', 'me', '--turn-timeout', '0', 'x'],
  ])
    assert.equal((await m.omk(['run', ...wrong], { env: { PATH: path } })).code, 2, 'what is wrong comes first');
  const none = await m.omk(['run', 'x'], { env: { PATH: path } });
  assert.equal(none.code, 4, none.err);
  assert.match(
    none.err,
    /^omk: No agent is installed; omk knows claude, .*kimi.*\n +omk doctor --quick says how to install each/,
  );
  assert.ok(none.err.length < 400, none.err);
  const missing = await m.omk(['run', '--json', '--agent', 'no-such-program --acp', 'Make the red test green']);
  assert.ok([2, 4].includes(missing.code ?? -1), missing.out + missing.err);
  assert.match(missing.out + missing.err, /no-such-program/);
});

test('doctor says what is there; a state directory that cannot be written is one sentence', async (t) => {
  const m = await machine(t, javascript.files, { runs: shared });
  const doctor = JSON.parse((await m.omk(['doctor', '--json'])).out);
  assert.ok(doctor.some((each: { what: string; state: string }) => each.what === 'git' && each.state === 'ok'));
  writeFileSync(join(m.dir, 'file'), '');
  const bad = await m.omk(['run', '--agent', oracle(m), 'x'], { env: { OMK_STATE_DIR: join(m.dir, 'file', 'state') } });
  assert.ok([2, 6].includes(bad.code ?? -1), bad.err);
  assert.equal(bad.err.trim().split('\n').length, 2, bad.err);
  const relative = await m.omk(['goal', 'list'], { env: { OMK_STATE_DIR: 'here' } });
  assert.equal(relative.code, 2);
  const below = await m.omk(['doctor', '--quick'], { env: { OMK_STATE_DIR: '/proc/nope' } });
  assert.equal(below.code, 4, below.err);
  assert.match(below.out, /missing +state: \/proc\/nope cannot be written\n +set OMK_STATE_DIR/);
});
