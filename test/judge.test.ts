import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import type { JudgeRequest, JudgeResult } from '../src/app/judge/judge.ts';
import { fingerprint, userGit } from '../src/world/git/testing/repository.ts';
import { javascript } from './support/ecosystems.ts';
import { machine, until, writeFiles, type Files, type Machine } from './support/machine.ts';

const green: Files = { ...javascript.files, [javascript.subject]: javascript.fixed };
const subject = javascript.files[javascript.subject] ?? '';
const redTest = javascript.files[javascript.redTest] ?? '';
const manifest = javascript.files['package.json'] ?? '';

/** What `omk judge --json` says; the checkout is as it was, to the byte. */
async function judged(m: Machine, ...args: readonly string[]): Promise<JudgeResult> {
  const before = fingerprint(m.repository, { times: false });
  const ran = await m.omk(['judge', '--json', ...args]);
  assert.equal(fingerprint(m.repository, { times: false }), before);
  const result: JudgeResult = JSON.parse(ran.out);
  assert.equal(ran.code, result.exit, ran.out + ran.err);
  return result;
}

const codes = ({ gaps }: JudgeResult): readonly string[] => gaps.map(({ code }) => code);
const limits = (result: JudgeResult): readonly string[] => result.limits.map(({ code }) => code);

/** Another change on the same base: what was run on the base is known by then. */
function change(m: Machine, files: Files, gone: readonly string[] = []): void {
  userGit(m.repository, 'reset', '-q', '--hard');
  userGit(m.repository, 'clean', '-q', '-f', '-d');
  writeFiles(m.repository, files);
  for (const path of gone) rmSync(join(m.repository, path));
}

const subtract = 'export const subtract = (a, b) => a - b;\n';
const testOfSubtract = (assertion: string): string =>
  `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n` +
  `import { subtract } from '../src/subtract.js';\n\ntest('subtracts', () => ${assertion});\n`;

suite('six ways to say that it is done', () => {
  test('on a red base: none of them is ready, and the honest fix is', async (t) => {
    const m = await machine(t, javascript.files);
    const fix = (): Promise<JudgeResult> => judged(m, '--expect', 'fix');

    const nothing = await fix();
    assert.deepEqual([nothing.exit, codes(nothing), nothing.runs.all], [3, ['G_EMPTY_PATCH'], 0]);

    change(m, { 'README.md': 'It adds now.\n' });
    const claimed = await fix();
    assert.deepEqual([claimed.exit, codes(claimed)], [3, ['G_NO_FAIL_TO_PASS']]);

    change(m, {}, [javascript.redTest]);
    const deleted = await fix();
    assert.equal(deleted.exit, 4, JSON.stringify(deleted.gaps));
    assert.notEqual(deleted.levels.noRegression, true);
    assert.match(deleted.question?.text ?? '', /deleted test\/add\.test\.js/);

    change(m, { [javascript.redTest]: redTest.replace(/\btest\(/, 'test.skip(') });
    const skipped = await fix();
    assert.notEqual(skipped.exit, 0);
    assert.equal(skipped.levels.fixes, 0);

    change(m, { [javascript.subject]: `process.exit(0);\n${subject}` });
    const left = await fix();
    assert.deepEqual([left.exit, left.levels.noRegression], [3, false]);

    change(m, { 'package.json': manifest.replace(/"test": *"[^"]*"/, '"test": "true"') });
    const faked = await fix();
    assert.notEqual(faked.exit, 0);
    assert.ok(!faked.levels.contractUnchanged);

    change(m, { [javascript.subject]: javascript.fixed });
    const honest = await fix();
    assert.equal(honest.exit, 0, JSON.stringify(honest.gaps));
    assert.deepEqual(honest.levels, {
      noRegression: true,
      fixes: 1,
      shallow: 0,
      guards: 0,
      checks: 0,
      heldOut: false,
      contractUnchanged: true,
    });
    assert.ok(honest.runs.cached >= 2, 'a red base that is known is not run again');
    assert.equal((await m.omk(['verify'])).code, 0);
  });
});

suite('on a green base', () => {
  test('a feature with a test that guards it, one without, a refactoring, and a cheat', async (t) => {
    const m = await machine(t, green);
    const feature = (): Promise<JudgeResult> => judged(m, '--expect', 'feature');
    const guarded = {
      'src/subtract.js': subtract,
      'test/subtract.test.js': testOfSubtract('assert.equal(subtract(5, 3), 2)'),
    };

    change(m, guarded);
    const honest = await feature();
    assert.equal(honest.exit, 0, JSON.stringify(honest.gaps));
    assert.equal(honest.levels.guards, 1);
    assert.ok(honest.levels.contractUnchanged, 'a new source is no change of what judges');
    assert.ok(limits(honest).includes('K_TESTS_BY_AUTHOR'));
    const again = await feature();
    assert.equal(again.exit, 0);
    assert.equal(again.runs.cached, again.runs.all, 'the second verdict comes from the cache');

    change(m, { ...guarded, 'test/subtract.test.js': testOfSubtract("assert.equal(typeof subtract, 'function')") });
    const hollow = await feature();
    assert.deepEqual([hollow.exit, codes(hollow)], [3, ['G_NO_GUARD']]);
    assert.deepEqual([hollow.tests?.silent.length, hollow.tests?.idle.length], [1, 1]);

    const there = testOfSubtract("assert.equal(typeof calc.subtract, 'function')")
      .replace('{ subtract }', '* as calc')
      .replace('src/subtract.js', javascript.subject);
    change(m, { [javascript.subject]: `${javascript.fixed}\n${subtract}`, 'test/subtract.test.js': there });
    const shallow = await feature();
    assert.deepEqual([shallow.exit, codes(shallow), shallow.levels.guards], [3, ['G_NO_GUARD'], 0]);
    assert.deepEqual([shallow.levels.fixes, shallow.levels.shallow, shallow.tests?.shallow.length], [1, 1, 1]);
    assert.ok(limits(await judged(m)).includes('K_TESTS_SHALLOW'));

    const dir = join(m.dir, 'held-out');
    const hidden = testOfSubtract('assert.equal(subtract(5, 3), 2)').replace('src/subtract.js', javascript.subject);
    writeFiles(dir, { 'test/hidden.test.js': hidden });
    change(m, { [javascript.subject]: `${javascript.fixed}\n${subtract}` });
    const heldOut = await m.omk(['judge', '--expect', 'feature', '--held-out', dir]);
    assert.match(
      heldOut.out,
      /^ready: no regression · held-out checks pass, and fail without the change · /,
      heldOut.out,
    );

    change(m, { [javascript.subject]: `// The same in other words.\n${javascript.fixed}` });
    const refactored = await judged(m);
    assert.equal(refactored.exit, 0, JSON.stringify(refactored.gaps));
    assert.ok(limits(refactored).includes('K_NO_REGRESSION_ONLY'));
    assert.equal((await feature()).exit, 3);

    change(m, { [javascript.subject]: subject });
    const broken = await judged(m);
    assert.deepEqual([broken.exit, broken.levels.noRegression], [3, false]);
    change(m, { [javascript.redTest]: redTest.replace("'adds'", "'sums'").replace('2, 3), 5', '2, 4), 6') });
    const renamed = await judged(m);
    assert.deepEqual([renamed.exit, renamed.levels.noRegression], [4, null], JSON.stringify(renamed.gaps));
    userGit(m.repository, 'add', '--all');
    change(m, {});
    const shown = (await m.omk(['goal', 'show', honest.goal])).out;
    assert.match(shown, /^ {2}change +the working tree, as it was given$/m);
    assert.match(shown, new RegExp(`^ready: judged and proven\\n {2}next +omk verify ${honest.goal}$`, 'm'));
    assert.match((await m.omk(['goal', 'diff', honest.goal])).out, /^\+export const subtract/m);
    assert.match((await m.omk(['goal', 'apply', honest.goal])).err, /NOTHING_TO_APPLY/);
  });

  test(
    'a range, what is staged, a check, and a question with its answer before it is asked',
    { skip: slow },
    async (t) => {
      const m = await machine(t, green);
      userGit(m.repository, 'checkout', '-q', '-b', 'feature');
      const edited = redTest.replace('add(2, 3), 5', 'add(2, 4), 6');
      assert.notEqual(edited, redTest);
      writeFiles(m.repository, { [javascript.redTest]: edited, 'say what.txt': 'one\n' });
      userGit(m.repository, 'add', '--all');
      userGit(m.repository, 'commit', '-q', '-m', 'Ask for something else');
      const asked = await judged(m, 'main..feature');
      assert.equal(asked.exit, 4, JSON.stringify(asked.gaps));
      assert.equal(asked.levels.noRegression, true, "the base's tests pass, whatever the new one asks for");
      const id = asked.question?.id ?? '';
      assert.match(id, /^q-contract-[0-9a-f]{12}$/);
      const yes = await judged(
        m,
        'main..feature',
        '--accept',
        id,
        '--check',
        "grep one 'say what.txt'",
        '--expect',
        'feature',
      );
      assert.equal(yes.exit, 0, JSON.stringify(yes.gaps));
      assert.equal(yes.levels.checks, 1);
      assert.equal(yes.change.commit, userGit(m.repository, 'rev-parse', 'feature'));
      assert.ok(limits(yes).includes('K_CONTRACT_ACCEPTED'));
      assert.equal((await m.omk(['verify'])).code, 0);

      assert.equal((await m.omk(['goal', 'answer', asked.goal, '--accept'])).code, 0);
      assert.equal((await m.omk(['goal', 'resume', asked.goal])).code, 0);

      writeFiles(m.repository, { [javascript.subject]: subject });
      const clean = await m.omk(['judge', '--staged']);
      assert.deepEqual([clean.code, clean.out], [2, '']);
      assert.match(clean.err, /nothing to judge: the index is the same as commit \w{12} \(.*NOTHING_TO_JUDGE/s);
      userGit(m.repository, 'add', '--all');
      writeFiles(m.repository, { [javascript.subject]: javascript.fixed });
      assert.equal((await judged(m, '--staged')).exit, 3);
      assert.equal((await m.omk(['judge'])).code, 2);

      const bare = join(m.dir, 'bare.git');
      userGit(m.dir, 'clone', '-q', '--bare', m.repository, bare);
      const there = await m.omk(['judge', 'main..feature'], { cwd: bare });
      assert.deepEqual([there.code, /q-contract-[0-9a-f]{12}/.exec(there.out)?.[0]], [4, id], there.out + there.err);
      assert.match((await m.omk(['judge'], { cwd: bare })).err, /bare repository.*BARE_REPOSITORY/s);

      const md = await m.omk(['judge', 'main..feature', '--format', 'md', '--accept', 'q-contract-000000000000']);
      assert.equal(md.code, 4);
      assert.match(
        md.out,
        /^- --accept q-contract-000000000000: it is about another tree, not .*; the question is q-contract-[0-9a-f]{12}$/m,
      );
      assert.match(md.out, /^### omk judge: a person must decide/);
      assert.ok(!md.out.includes(m.dir), md.out);
    },
  );
});

test('as a function: the same verdict, nothing is printed and no process ends; what cannot be judged rejects with a code', async (t) => {
  const m = await machine(t, green);
  const { judge }: { judge: (request: JudgeRequest) => Promise<JudgeResult> } = await import(
    import.meta.resolve('omk/judge')
  );
  writeFiles(m.repository, { [javascript.subject]: subject });
  const notices: string[] = [];
  const result = await judge({ repository: m.repository, env: m.env, notify: ({ kind }) => notices.push(kind) });
  assert.deepEqual([result.status, result.levels.noRegression], ['not_ready', false]);
  assert.ok(notices.includes('gate_started'));
  assert.equal(process.exitCode, undefined);
  await assert.rejects(judge({ repository: m.repository, env: m.env, change: 'a..b' }), { code: 'REVISION_UNKNOWN' });
  const typo: JudgeRequest = JSON.parse('{ "expect": "features" }');
  await assert.rejects(judge({ ...typo, repository: m.repository, env: m.env }), { code: 'FLAG_INVALID' });
  const misspelt: JudgeRequest = JSON.parse('{ "expects": "feature" }');
  await assert.rejects(judge({ ...misspelt, repository: m.repository, env: m.env }), {
    code: 'FLAG_INVALID',
    message: "judge has no option 'expects'",
  });
});

test('Ctrl-C pauses the judgement, and it can be resumed', async (t) => {
  const m = await machine(t, {
    'a.txt': 'a\n',
    '.omk/gates.toml': '[[gates]]\nname = "slow"\ncommand = "sleep 60"\n',
  });
  writeFiles(m.repository, { 'b.txt': 'b\n' });
  const child = m.start(['judge']);
  let told = '';
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (told += text));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await until(() => /slow on the base/.test(told), 'a gate that runs');
  child.kill('SIGINT');
  assert.equal(await ended, 130, told);
  const goal = /g-\d{8}-\w+/.exec(told)?.[0] ?? '';
  assert.match(said, new RegExp(`^stopped\\n[^]* next +omk goal resume ${goal}$`, 'm'));
  assert.doesNotMatch(said, /omk verify|missing/, 'there is no proof, and nothing was judged');
  assert.match((await m.omk(['goal', 'status', goal])).out, /paused/);
  const verified = await m.omk(['verify', goal]);
  assert.equal(verified.code, 3);
  assert.match(
    verified.err,
    /has not ended.*no proof yet[^]*omk goal watch [^ ]+ while a process works on it, else omk goal resume.*PROOF_MISSING/,
  );
});

test('wrong usage is exit code 2 with what mends it, and nothing is recorded', async (t) => {
  const m = await machine(t, green);
  for (const [args, code] of [
    [['main'], 'RANGE_INVALID'],
    [['main..nowhere'], 'REVISION_UNKNOWN'],
    [['main..main', '--staged'], 'CHANGE_TWICE'],
    [['main..main', '--base', 'main'], 'BASE_TWICE'],
    [['--expect', 'much'], 'FLAG_INVALID'],
    [['--format', 'html'], 'FLAG_INVALID'],
    [['--rounds', '2'], 'FLAG_INVALID'],
    [['--accept', 'yes'], 'FLAG_INVALID'],
    [['--pr', '1'], 'REMOTE_NONE'],
  ] as const) {
    const ran = await m.omk(['judge', ...args]);
    assert.equal(ran.code, 2, args.join(' '));
    assert.match(ran.err, new RegExp(code), args.join(' '));
  }
  assert.ok(!existsSync(join(m.state, 'goals')));
  const none = await machine(t, { 'a.txt': 'a\n' });
  writeFiles(none.repository, { 'a.txt': 'b\n' });
  const ran = await none.omk(['judge']);
  assert.equal(ran.code, 2);
  assert.match(ran.err, /NO_GATE/);
});
