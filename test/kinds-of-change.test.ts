import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { slow } from '../src/world/gates/testing/tools.ts';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun } from './support/machine.ts';

const green = { ...javascript.files, [javascript.subject]: javascript.fixed, 'README.md': 'Tihs adds.\n' };
const write = (path: string, content: string): unknown => ({ write: { path, content } });
const readme = write('README.md', 'This adds.\n');
const turn = (...steps: readonly unknown[]): unknown => ({ turns: [{ steps: [...steps, { say: 'done' }] }] });

test('where only documentation changed a person is asked once, and no agent is paid again', async (t) => {
  const m = await machine(t, green);
  const ran = await m.omk(['run', '--agent', m.agent(turn(readme)), 'Fix the typo in the README']);
  assert.equal(ran.code, 4, ran.out + ran.err);
  assert.match(
    ran.out,
    /question Only documentation changed, which no test can show\. Does it say what you asked for\?/,
  );
  assert.match(ran.out, /changed +README\.md/);
  assert.doesNotMatch(ran.out, /missing|a person accepted/, 'the question says it, and nobody has answered');
  assert.equal((await m.omk(['goal', 'answer', '--accept'])).code, 0);
  const resumed = await m.omk(['goal', 'resume']);
  assert.equal(resumed.code, 0, resumed.out + resumed.err);
  assert.match(resumed.out, /K_DOCS_ONLY/);
  assert.equal((await m.omk(['verify'])).code, 0);
});

test('--class docs asks nobody, lets nothing but documentation change, and says how little is shown', async (t) => {
  const m = await machine(t, green);
  const agent = m.agent({
    turns: [
      { steps: [readme, write('src/extra.js', 'export const extra = 1;\n'), { say: 'done' }] },
      { when: { prompt_matches: 'only documentation may change' }, steps: [{ delete: 'src/extra.js' }] },
    ],
  });
  const run = parseRun(await m.omk(['run', '--json', '--class', 'docs', '--agent', agent, 'Fix the typo']));
  assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
  assert.equal(run.events.filter(({ type }) => type === 'turn.ended').length, 2);
  assert.ok(run.gaps.some(({ code }) => code === 'K_DOCS_ONLY'));
});

test(
  '--class audit lets no file change; what the agent found is its answer, and the proof says how little that shows',
  { skip: slow },
  async (t) => {
    const m = await machine(t, green);
    const agent = m.agent({
      turns: [
        { steps: [write('FINDINGS.md', 'none\n'), { say: 'add is right' }] },
        {
          when: { prompt_matches: 'no file may change in an audit' },
          steps: [{ delete: 'FINDINGS.md' }, { say: 'add is right' }],
        },
      ],
    });
    const ran = await m.omk(['run', '--class', 'audit', '--agent', agent, 'Is add right?']);
    assert.equal(ran.code, 0, ran.out + ran.err);
    assert.match(ran.out, /next +omk goal log[\s\S]*K_AUDIT_ONLY/);
    assert.equal((await m.omk(['verify'])).code, 0);
  },
);

test('a refactoring is shown by facts that were not so, with every test of the base', async (t) => {
  const m = await machine(t, green);
  const moved = [write('src/add.js', "export { add } from './sum.js';\n"), write('src/sum.js', javascript.fixed)];
  const flags = ['--class', 'refactor', '--fact', 'src/sum.js exists', '--max-attempts', '1'];
  const run = parseRun(await m.omk(['run', '--json', ...flags, '--agent', m.agent(turn(...moved)), 'Move it']));
  assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
  assert.equal((await m.omk(['verify'])).code, 0);

  const left = parseRun(await m.omk(['run', '--json', ...flags, '--agent', m.agent(turn(readme)), 'Move it']));
  assert.equal(left.status, 'not_ready');
  assert.ok(left.gaps.some(({ code, text }) => code === 'G_FACT' && text.includes('src/sum.js exists')));
});

test(
  'a dependency that goes is a fact, with every test of the base on a layer without it',
  { skip: slow },
  async (t) => {
    const pad = {
      'vendor/pad/package.json': '{"name":"pad","version":"1.0.0"}\n',
      'vendor/pad/index.js': 'module.exports = 1;\n',
    };
    const scripts = { test: 'node --test' };
    const manifest = (dependencies: object): string =>
      `${JSON.stringify({ name: 'm', version: '1.0.0', type: 'module', scripts, dependencies })}\n`;
    const m = await machine(t, { ...green, ...pad, 'package.json': manifest({ pad: 'file:vendor/pad' }) });
    const gone = [
      write('package.json', manifest({})),
      { delete: 'vendor/pad/package.json' },
      { delete: 'vendor/pad/index.js' },
    ];
    const flags = ['--class', 'migration', '--fact', 'package.json lacks "pad"', '--max-attempts', '1'];
    const run = parseRun(await m.omk(['run', '--json', ...flags, '--agent', m.agent(turn(...gone)), 'Drop pad']));
    assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
    assert.ok(run.gaps.some(({ code }) => code === 'K_NOT_CAPTURED'));
    const layers = run.events.flatMap(({ type, data }) => (type === 'dependencies.prepared' ? [data] : []));
    assert.ok(layers.length > 0, JSON.stringify(layers));
  },
);

test(
  'new tests of what is there already show nothing by themselves, and a person may say that they do',
  { skip: slow },
  async (t) => {
    const m = await machine(t, green);
    const more = write(
      'test/zero.test.js',
      `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add } from '../src/add.js';
test('adds zero', () => assert.equal(add(2, 0), 2));
`,
    );
    const flags = ['--max-attempts', '1', '--max-turns', '1', '--agent', m.agent(turn(more)), 'Test add with zero'];
    const alone = parseRun(await m.omk(['run', '--json', ...flags]));
    assert.equal(alone.status, 'not_ready');
    assert.ok(alone.gaps.some(({ code }) => code === 'G_OWN_TESTS'));
    assert.equal((await m.omk(['run', '--oracle', 'ask', ...flags])).code, 4);
    assert.equal((await m.omk(['goal', 'answer', '--accept'])).code, 0);
    const said = await m.omk(['goal', 'resume']);
    assert.equal(said.code, 0, said.out + said.err);
  },
);

test('what shows nothing is asked about before an agent is paid', { skip: slow }, async (t) => {
  const m = await machine(t, green);
  for (const flags of [
    ['--class', 'refactor'],
    ['--class', 'refactor', '--fact', 'README.md exists'],
  ]) {
    const run = parseRun(await m.omk(['run', '--json', ...flags, '--agent', m.agent(turn(readme)), 'Tidy up']));
    assert.equal(run.status, 'blocked_on_human');
    assert.ok(!run.events.some(({ type }) => type === 'attempt.started'));
  }
  for (const [flags, says] of [
    [['--fact', 'README.md is nice'], /--fact must say what is so of a path/],
    [['--fact', '../x exists'], /--fact must say what is so of a path/],
    [['--class', 'speed'], /--class must be docs, audit, refactor, port, rewrite, migration, performance, not 'speed'/],
    [['--class', 'audit', '--check', 'false'], /changes no file, so what --check asks for cannot become so/],
  ] as const) {
    const ran = await m.omk(['run', ...flags, '--agent', m.agent(turn(readme)), 'Tidy up']);
    assert.equal(ran.code, 2);
    assert.match(ran.err, says);
  }
});

const cli = `#!/bin/sh
case "$1" in
add) echo $(($2 + $3));;
-h) echo "usage: cli add A B"; echo "home $HOME"; date +%F; echo made > made.txt; od -An -N4 /dev/urandom > seed.txt;;
*) echo "unknown $1" >&2; exit 3;;
esac
`;
const ported = `import { writeFileSync } from 'node:fs';
const [command, a, b] = process.argv.slice(2);
if (command === 'add') console.log(Number(a) + Number(b));
else if (command === '-h') {
  console.log('usage: cli add A B');
  console.log(\`home \${process.env.HOME}\`);
  console.log(new Date().toISOString().slice(0, 10));
  writeFileSync('made.txt', 'made\\n');
} else {
  console.error(\`unknown \${command}\`);
  process.exitCode = 3;
}
`;

test('a port does what the commands of the base did; what only answers the commands that it was told of does not', async (t) => {
  const usage = '$ sh cli.sh add 1 2\n$ sh cli.sh add 40 2\n$ sh cli.sh nope\n';
  const m = await machine(t, { ...green, 'README.md': usage, 'cli.sh': cli });
  const captures = ['-h', 'add 1 2', 'add 40 2', 'nope'].flatMap((args) => [
    '--capture',
    `sh cli.sh ${args} => node cli.js ${args}`,
  ]);
  const run = async (text: string, goal: string, ...more: readonly string[]) => {
    const agent = m.agent(turn(write('cli.js', text), { delete: 'cli.sh' }));
    const flags = ['--max-attempts', '1', '--max-turns', '1', ...more];
    return parseRun(await m.omk(['run', '--json', ...flags, '--agent', agent, goal]));
  };
  const done = await run(ported, 'Port cli.sh', '--class', 'port', '--fact', 'cli.sh is gone', ...captures);
  assert.equal(done.status, 'ready', JSON.stringify(done.gaps));
  const shown = (await m.omk(['goal', 'show'])).out;
  assert.match(shown, /4 commands do the same as before, 2 of them not told/);
  assert.match(
    shown,
    /shown +4 commands do what they do now: what commands did before \(given by a person, OMK_ORACLE_GIVEN/,
  );
  assert.match(shown, /files that two runs on the base leave otherwise were not compared: seed\.txt/);
  const wrote = done.events.filter(({ type }) => type === 'command.observed').map(({ data }) => data?.['wrote']);
  assert.deepEqual(
    new Set(wrote.map((names) => JSON.stringify(names))),
    new Set(['["made.txt","seed.txt"]', '["made.txt"]', '[]']),
  );
  assert.equal((await m.omk(['verify'])).code, 0);

  // Without any flag: the words say that it is a port, and the README what it is called with.
  const canned = await run('console.log(3);\n', 'Port cli.sh to JavaScript');
  assert.equal(canned.status, 'not_ready', JSON.stringify(canned.gaps));
  assert.match(JSON.stringify(canned.events[0]), /"class":"port".*"cli\.sh is gone"/);
  assert.match(JSON.stringify(canned.gaps), /`sh cli\.sh [^"]*node cli\.js/);
  assert.ok(canned.gaps.some(({ code }) => code === 'G_CAPTURE'));
  assert.ok(!canned.events.some(({ type }) => type === 'goal.integrated'));
});

const timed = (n: number): string =>
  [
    'goal = "Be faster"',
    'class = "performance"',
    '[[criteria]]',
    'id = "c"',
    'text = "fast"',
    `timing = { run = "sh bench.sh {n}", n = ${n}, percent = 150, frozen = ["bench.sh"] }`,
    '[[tasks]]',
    'id = "t1"',
    'title = "x"\n',
  ].join('\n');
const wait = (share: number): string => `sleep "$(printf '0.%03d' $(($1 / ${share})))"\n`;
const waiting = { ...green, 'work.sh': wait(1), 'bench.sh': 'sh work.sh "$1"\necho "did $1"\n' };

test('a timing that shows nothing on the base is a question before an agent is paid', async (t) => {
  const m = await machine(t, waiting);
  await writeFile(`${m.dir}/plan.toml`, timed(1));
  const run = parseRun(await m.omk(['run', '--json', '--plan', `${m.dir}/plan.toml`, '--agent', m.agent(turn())]));
  assert.equal(run.status, 'blocked_on_human', JSON.stringify(run.gaps));
  assert.ok(!run.events.some(({ type }) => type === 'attempt.started'));
});

test('what is faster is measured from outside, base and candidate in turn', { skip: slow }, async (t) => {
  const m = await machine(t, waiting);
  await writeFile(`${m.dir}/plan.toml`, timed(200));
  const agent = m.agent(turn(write('work.sh', wait(4))));
  const run = parseRun(await m.omk(['run', '--json', '--plan', `${m.dir}/plan.toml`, '--agent', agent]));
  assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
  assert.match(
    run.gaps.find(({ code }) => code === 'K_TIMED_HERE')?.text ?? '',
    /× as fast in (7|14|21) pairs of runs/,
  );
  assert.equal((await m.omk(['verify'])).code, 0);
});
