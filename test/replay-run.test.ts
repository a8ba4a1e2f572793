import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SECRETS } from '../src/domain/testing/secret-corpus.ts';
import { readCassette } from '../src/world/cassette/open.ts';
import { javascript } from './support/ecosystems.ts';
import { listing, machine, parseRun, until, writeFiles, type Machine } from './support/machine.ts';
import { mend, onTask, runParts } from './support/tasks.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const FIX = { write: { path: javascript.subject, content: javascript.fixed } };
const TOKEN = SECRETS['GitHub token'] ?? '';
const NOTE = { write: { path: 'notes.txt', content: 'one\n' } };

const replay = (m: Machine, env: Readonly<Record<string, string>> = {}) =>
  m.omk(['goal', 'replay', '--execute', '--gates', 'recorded'], { env });

/** Everything that a cassette in a bundle says, unpacked. */
function wordsIn(folder: string): string {
  const { runs, contents, content } = readCassette(folder);
  const blobs = readdirSync(join(folder, 'blobs')).map((name) => readFileSync(join(folder, 'blobs', name), 'utf8'));
  return [...runs, ...contents().map((name) => Buffer.from(content(name) ?? []).toString()), ...blobs].join('\n');
}

/** Changes a file of what was recorded, says what a replay makes of it, and puts it back. */
async function changed(m: Machine, file: string, change: (content: Buffer) => Buffer) {
  const before = readFileSync(file);
  writeFileSync(file, change(before));
  const ran = await replay(m);
  writeFileSync(file, before);
  return { code: ran.code, said: ran.out + ran.err };
}

const blobFile = (m: Machine, sha256: string): string => join(m.state, 'blobs', sha256.slice(0, 2), sha256.slice(2));

test('a run is executed again without agent, git or gates; what was changed in it is said', async (t) => {
  const m = await machine(t, javascript.files);
  const told = { say: `in ${m.repository}/x, ${m.dir}/home and ${m.state}\n` };
  const steps = [FIX, { run: ['sh', '-c', 'pwd; echo $HOME $TMPDIR'] }, told, { say: `done with ${TOKEN}` }];
  const agent = m.agent({ turns: [{ steps: [NOTE] }, { steps }] });
  const prompt = `Make the red test of ${m.repository} green`;
  const run = parseRun(await m.omk(['run', '--json', '--agent', agent, prompt]));
  assert.equal(run.status, 'ready');

  rmSync(join(m.dir, 'scenarios'), { recursive: true });
  const replayed = await replay(m, { PATH: '/nowhere' });
  assert.match(replayed.out, /^REPRODUCED: \d+ events of 1 execution made again, byte for byte$/m, replayed.err);
  assert.equal(replayed.code, 0);

  const gates = await m.omk(['goal', 'replay', '--execute']);
  assert.match(
    gates.out,
    /^ {2}\d+ gate runs compared: verdict, exit, tests and changed paths are the same$/m,
    gates.out,
  );
  assert.equal(gates.code, 0);
  const bin = join(m.dir, 'bin');
  writeFiles(bin, {
    node: `#!/bin/sh\n[ "$1" = --version ] && echo v24.1.0 && exit\nexec "${process.execPath}" "$@"\n`,
  });
  const other = await m.omk(['goal', 'replay', '--execute'], { env: { PATH: `${bin}:${m.env['PATH']}` } });
  assert.match(other.out, /^NOT COMPARABLE: node v?24\.1\.0 here, v?\d+\.\d+\.\d+ there$/m, other.out + other.err);
  assert.equal(other.code, 3);

  const bundle = join(m.dir, 'a bundle');
  const made = await m.omk(['goal', 'proof', '--with-cassette', '--out', bundle]);
  assert.equal(made.code, 0, made.err);
  const inBundle = readdirSync(bundle, { recursive: true, encoding: 'utf8' });
  const forOthers = inBundle.filter((name) => (statSync(join(bundle, name)).mode & 0o077) !== 0);
  assert.deepEqual(forOthers, [], 'its user alone reads a bundle, the cassette too');
  assert.ok(!wordsIn(join(bundle, 'cassette')).includes(TOKEN), 'what an agent says is masked');
  assert.ok(!wordsIn(join(bundle, 'cassette')).includes(m.dir), 'no path of this machine');
  const naming = Object.entries(listing(bundle)).filter(([, content]) => content.includes(m.dir));
  assert.deepEqual(naming, [], 'nor in the rest of the bundle');
  assert.ok(!made.out.includes('  note '), made.out);
  const elsewhere = {
    cwd: join(m.dir, 'another clone'),
    env: { OMK_STATE_DIR: join(m.dir, 'nothing'), HOME: join(m.dir, 'another home'), USER: 'somebody' },
  };
  cpSync(m.repository, elsewhere.cwd, { recursive: true });
  const key = ['--key', join(bundle, 'keys', 'omk.pub')];
  const verified = await m.omk(['verify', '--replay', bundle, ...key, '--base', 'HEAD'], elsewhere);
  assert.match(verified.out, /^verified to V1: .*\n[^]*^REPRODUCED: \d+ events/m, verified.out + verified.err);
  assert.match(verified.out, /^ {2}\d+ gate runs compared: /m, 'on trees of the base, the patch and the pack');
  assert.match(verified.out, /^ {2}note {4}the result commit [0-9a-f]{40} is not in the repository/m);
  assert.equal(verified.code, 0, 'also where the result commit is not in the clone');
  const v1 = await m.omk(['verify', bundle, ...key, '--base', 'HEAD'], elsewhere);
  assert.match(v1.out, /^ {2}next {4}fetch the branch of the result; --replay and --rerun do without it, unless/m);
  const nowhere = { ...elsewhere, cwd: m.dir };
  const alone = await m.omk(['goal', 'replay', bundle, '--execute'], nowhere);
  assert.match(
    alone.out,
    /^NOT COMPARABLE: gates run in a clone that has the base [^]*^ {2}next {4}--gates recorded /m,
  );
  assert.equal(alone.code, 3);
  const v0 = await m.omk(['verify', '--replay', bundle, ...key, '--level', 'V0'], nowhere);
  assert.match(v0.out, /^verified to V0: .*\n[^]*^REPRODUCED: [^]*^ {2}not shown: base, gates of the base/m, v0.err);
  assert.equal(v0.code, 0);
  for (const file of readdirSync(bundle, { recursive: true, encoding: 'utf8' }))
    assert.equal(statSync(join(bundle, file)).mode & 0o077, 0, `${file} is its user's alone`);
  const patch = readFileSync(join(bundle, 'change.patch'));
  writeFileSync(join(bundle, 'change.patch'), 'another');
  const edited = await m.omk(['verify', '--replay', bundle, ...key, '--level', 'V0'], nowhere);
  assert.match(edited.out, /^NOT REPLAYABLE: the proof does not hold$/m, edited.out + edited.err);
  const unproven = await m.omk(['goal', 'replay', bundle, '--execute'], elsewhere);
  assert.match(unproven.out, /^NOT COMPARABLE: no gate of a bundle that does not verify is run: .*\(E_\w+\)$/m);
  assert.ok(!unproven.err.includes('running gate'), unproven.err);
  writeFileSync(join(bundle, 'change.patch'), patch);
  const noClone = await m.omk(['verify', '--replay', bundle, ...key, '--base', 'HEAD'], nowhere);
  assert.match(noClone.err, /V3 needs a clone that has the base\n.*--level V0/);
  assert.equal(noClone.code, 2);

  const ownTape = join(bundle, 'cassette', '1.tape');
  const whole = readFileSync(ownTape, 'utf8');
  writeFileSync(ownTape, whole.split('\n').slice(0, -2).join('\n') + '\n');
  const shorter = await m.omk(['verify', '--replay', bundle, ...key, '--level', 'V0'], nowhere);
  assert.match(shorter.out, /^CASSETTE CORRUPT: 1\.tape is not the one that was signed$/m, shorter.out);
  assert.equal(shorter.code, 3);
  const engine = await m.omk(['goal', 'replay', bundle, '--execute', '--gates', 'recorded'], nowhere);
  assert.equal(engine.out, 'CASSETTE CORRUPT: 1.tape is not the one that was signed\n', 'whoever signed');
  assert.equal(engine.code, 3);
  assert.equal((await m.omk(['verify', bundle, ...key, '--level', 'V0'], nowhere)).code, 0, 'V0 does not look into it');
  writeFileSync(ownTape, whole);
  rmSync(join(bundle, 'cassette', 'cassette.dsse.json'));
  const unsigned = await m.omk(['verify', '--replay', bundle, ...key, '--level', 'V0'], nowhere);
  assert.match(unsigned.out, /^REPRODUCED: [^]*^ {2}the cassette is not signed/m);

  const tape = join(m.state, 'cassettes', run.goal, '1.tape');
  const verdict = await changed(m, tape, (text) =>
    Buffer.from(text.toString().replace('"kind":"exited","code":1', '"kind":"exited","code":0')),
  );
  assert.deepEqual([verdict.code, /^CASSETTE CORRUPT/m.test(verdict.said)], [3, true], verdict.said);
  const short = await changed(m, tape, (text) => Buffer.from(text.toString().split('\n').slice(3).join('\n')));
  assert.match(short.said, /^CASSETTE CORRUPT: execution 1: line 1 is not what was written/m);

  const recorded = readFileSync(tape, 'utf8');
  writeFileSync(tape, recorded.replace('"code":1', '"code":0'));
  const handed = await m.omk(['goal', 'proof', '--with-cassette', '--out', join(m.dir, 'edited')]);
  assert.match(handed.err, /CASSETTE CORRUPT: execution 1: line \d+ is not what was written/);
  assert.deepEqual([handed.code, existsSync(join(m.dir, 'edited'))], [3, false]);
  writeFileSync(tape, recorded);

  const turn = run.events.find(({ type }) => type === 'turn.ended')?.data ?? {};
  const examined = run.events.find(({ type }) => type === 'candidate.examined')?.data ?? {};
  for (const ref of [turn['stream'], examined['patch']]) {
    const { sha256 } = ref as { readonly sha256: string };
    const damaged = await changed(m, blobFile(m, sha256), (bytes) => Buffer.concat([bytes, Buffer.from('x')]));
    assert.deepEqual([damaged.code, /^BLOB CORRUPT: /m.test(damaged.said)], [3, true], damaged.said);
  }

  rmSync(join(m.state, 'cassettes'), { recursive: true });
  const gone = await replay(m);
  assert.deepEqual([gone.code, gone.out], [3, 'NOT REPLAYABLE: it has no cassette\n']);
});

test(
  'a run whose recording reaches its largest size goes on, and a replay and a bundle say that it was cut off',
  { skip: slow },
  async (t) => {
    // That this run cannot be executed again is what is tested.
    const m = await machine(t, javascript.files, { replayed: false });
    writeFiles(join(m.env['XDG_CONFIG_HOME'] ?? '', 'omk'), { 'config.toml': '[replay]\nmax_size = "24 KB"\n' });
    const agent = m.agent({ turns: [{ steps: [FIX, { say: 'done' }] }] });
    const ran = await m.omk(['run', '--json', '--agent', agent, 'Make the red test green']);
    assert.equal(parseRun(ran).status, 'ready');
    const why = 'it would be larger than [replay] max_size';
    assert.ok(ran.err.includes(`the run is not recorded any more: ${why}`), ran.err);
    const tape = readFileSync(join(m.state, 'cassettes', parseRun(ran).goal, '1.tape'), 'utf8');
    assert.ok(tape.includes('"k":"gates.run:') && tape.length <= 25 * 1024, 'cut off in the middle');

    const replayed = await m.omk(['goal', 'replay', '--execute', '--gates', 'recorded']);
    assert.deepEqual([replayed.code, replayed.out], [3, `NOT REPLAYABLE: the recording was cut off: ${why}\n`]);
    const verified = await m.omk(['verify']);
    assert.match(verified.out, /^verified to V1: /);
    assert.equal(verified.code, 0);
    const bundle = join(m.dir, 'a bundle');
    const refused = await m.omk(['goal', 'proof', '--with-cassette', '--out', bundle]);
    assert.ok(refused.err.includes(`NOT REPLAYABLE: the recording was cut off: ${why}`), refused.err);
    assert.deepEqual([refused.code, existsSync(bundle)], [3, false]);
  },
);

test('a run that was paused, killed with -9 and resumed is executed again as a whole', async (t) => {
  const m = await machine(t, javascript.files);
  // A file that names a folder of the machine keeps it, and a replay does not know it from elsewhere.
  const note = { write: { path: 'notes.txt', content: `from ${m.dir}/home/notes, not ${m.state}\n` } };
  const turns = [{ steps: [note, { hang: {} }] }, { steps: [note, { hang: {} }] }, { steps: [FIX, { say: 'done' }] }];
  const agent = m.agent({ turns });
  const hanging = async (args: readonly string[], turn: number, signal: NodeJS.Signals): Promise<void> => {
    const child = m.start(args);
    let seen = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (seen += text));
    child.stderr?.resume();
    const closed = new Promise((resolve) => child.on('close', resolve));
    const streams = (): boolean =>
      existsSync(join(m.state, 'worktrees')) &&
      readdirSync(join(m.state, 'worktrees'), { recursive: true, encoding: 'utf8' }).some((name) =>
        name.endsWith(`turn-${turn}.ndjson`),
      );
    await until(() => seen.includes('"session.opened"') && streams(), `turn ${turn}`);
    child.kill(signal);
    await closed;
  };
  await hanging(['run', '--json', '--agent', agent, 'Make the red test green'], 1, 'SIGINT');
  await hanging(['goal', 'resume', '--json'], 2, 'SIGKILL');
  assert.equal((await m.omk(['goal', 'budget-add', '--tokens', '1000'])).code, 0);
  const run = parseRun(await m.omk(['goal', 'resume', '--json']));
  assert.equal(run.status, 'ready');

  const replayed = await replay(m, { PATH: '/nowhere' });
  assert.match(replayed.out, /^REPRODUCED: \d+ events of 3 executions made again/m, replayed.out + replayed.err);
});

test(
  'a run that put a secret into a file is executed again here, and leaves this machine without its cassette',
  { skip: slow },
  async (t) => {
    const m = await machine(t, javascript.files);
    const leak = { write: { path: 'deploy/.env', content: `TOKEN=${TOKEN}\n` } };
    const agent = m.agent({ turns: [{ steps: [FIX, leak] }], then: 'say_done' });
    await m.omk(['run', '--agent', agent, '--max-attempts', '1', 'Make the red test green']);
    assert.match((await replay(m)).out, /^REPRODUCED: /);
    const bundle = join(m.dir, 'a bundle');
    const refused = await m.omk(['goal', 'proof', '--with-cassette', '--out', bundle]);
    assert.match(refused.err, /NOT REPLAYABLE outside of this machine: secret in deploy\/\.env/);
    assert.deepEqual([refused.code, existsSync(bundle)], [3, false]);
  },
);

test('a goal is forked with the work of a turn, its base measured already, and ends with a proof that names it', async (t) => {
  const m = await machine(t, javascript.files);
  const agent = m.agent({ turns: [{ steps: [NOTE] }, { steps: [NOTE] }], then: 'say_done' });
  const first = parseRun(
    await m.omk(['run', '--json', '--agent', agent, '--max-attempts', '1', 'Make the red test green']),
  );
  assert.equal(first.status, 'not_ready');
  const other = m.agent({ turns: [{ steps: [FIX, { say: 'done' }] }] }, 'other');
  const args = ['goal', 'fork', first.goal, 'mend the sum', '--at', '1.1', '--agent', other, '--json'];
  const fork = parseRun(await m.omk(args));
  assert.equal(fork.status, 'ready', JSON.stringify(fork.gaps));
  const [made] = fork.events;
  assert.partialDeepStrictEqual(made?.data?.['origin'], { kind: 'fork', goal: first.goal, attempt: 1, turn: 1 });
  const ran = fork.events.filter(({ type }) => type === 'gate.measured').map(({ data }) => data?.['startedAt']);
  const base = first.events.filter(({ type, data }) => type === 'gate.measured' && data?.['purpose'] === 'baseline');
  assert.deepEqual(
    ran.slice(0, base.length),
    base.map(({ data }) => data?.['startedAt']),
    'the base was not run again',
  );
  assert.match(
    (await m.omk(['goal', 'diff', fork.goal, '--stat'])).out,
    /notes\.txt/,
    'the work of then is part of it',
  );
  assert.match((await m.omk(['goal', 'log', fork.goal, '--json'])).out, /mend the sum/);
  const from = `fork of ${first.goal}: the work after turn 1 of attempt 1`;
  assert.match((await m.omk(['goal', 'show', fork.goal])).out, new RegExp(`^  from +${from}$`, 'm'));
  const proof = await m.omk(['verify', fork.goal]);
  assert.match(proof.out, new RegExp(`^  from +${from}$`, 'm'));
  assert.equal(proof.code, 0);
  assert.match((await replay(m)).out, /^REPRODUCED: /);
  const early = await m.omk(['goal', 'fork', first.goal, '--at', '5']);
  assert.match(
    early.err,
    /had no work before event 5\n +name a turn: --at 1\.\d\b/,
    'the goal that ended is not to be paused',
  );
  assert.equal(early.code, 3);
});

test(
  'a goal of several tasks is forked with what landed, or with the work of one, and the rest is one task',
  { skip: slow },
  async (t) => {
    const nothing = onTask('two', { say: 'I do not know.' });
    const { m, events, landed, status } = await runParts(
      t,
      [{ id: 'one' }, { id: 'two' }],
      [onTask('one', mend('one')), nothing],
    );
    assert.deepEqual([status, landed], ['not_ready', ['one']]);
    const early = events.findIndex(({ type }) => type === 'tasks.integrated');
    const none = await m.omk(['goal', 'fork', '--at', String(early)]);
    assert.match(none.err, /No task of goal .* had landed then\n.*--at \d\.1 \(task /);
    assert.equal(none.code, 3);

    const agent = m.agent({
      turns: [{ when: { prompt_matches: '# Begun already[^]*- Mend two\\.' }, steps: [mend('two')] }],
    });
    const other = ['--agent', agent, '--json'];
    const whole = parseRun(await m.omk(['goal', 'fork', 'latest', 'look at src/two.js', ...other]));
    assert.equal(whole.status, 'ready', JSON.stringify(whole.gaps));
    const said = (await m.omk(['verify'])).out;
    assert.match(said, /^verified to V1: [^]*^ {2}from +fork of g-[^ ]+: what its tasks had landed$/m);
    const diff = (await m.omk(['goal', 'diff', '--stat'])).out;
    assert.ok(diff.includes('src/one.js') && diff.includes('src/two.js'), diff);

    const old = String(events[0]?.data?.['goal']);
    const task = parseRun(await m.omk(['goal', 'fork', old, '--task', 'one', ...other]));
    assert.equal(task.status, 'ready', JSON.stringify(task.gaps));
    assert.match(
      (await m.omk(['goal', 'show'])).out,
      /^ {2}from +fork of .*: the work after turn 1 of attempt \d at task one$/m,
    );
    const lost = await m.omk(['goal', 'fork', old, '--task', 'three']);
    assert.match(lost.err, /has no task 'three'\n.*its tasks are: one, two/);
  },
);
