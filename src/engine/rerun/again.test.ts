import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GoalState } from '../../domain/goal/state.ts';
import { BASE, BLOB, created, FIX, givenOf, policyOf, gateSpec } from '../../domain/testing/build.ts';
import { endReady } from '../../domain/testing/ready.ts';
import { fold } from '../../domain/transition/evolve.ts';
import { heldOutFile } from '../../proof/format/names.ts';
import type { Facts } from '../../proof/statement/facts.ts';
import type { Supplies } from '../../world/git/port.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { memoryVault } from '../testing/memory-vault.ts';
import { dependencyClaim } from './dependencies.ts';
import { makeOracle } from './held-out.ts';
import { signedClaims } from './signed.ts';
import type { Source } from './source.ts';
import { fromBundle } from './world.ts';

const factsOf = (state: Partial<GoalState>, more: Partial<Facts> = {}): Facts =>
  Object.assign(JSON.parse('{}'), {
    state: { ...fold([]), ...state },
    created: state.created ?? created(),
    head: null,
    candidate: null,
    ...more,
  });
const SUPPLIES: Supplies = Object.assign(JSON.parse('{}'), {});

suite('dependencies of a proof that is run again', () => {
  const claim = async (recorded: string | null, here: object) => {
    const goal = await fakeContext({ doors: () => ({ gates: { layer: async () => here } }) });
    const dependencies = { layer: recorded, detail: 'npm' };
    return dependencyClaim(goal.context, SUPPLIES, factsOf({ dependencies }));
  };

  test('are the same layer, or none as then', async () => {
    const digest = 'd'.repeat(64);
    assert.equal((await claim(digest, { kind: 'layer', layer: { digest } })).state, 'reproduced');
    assert.equal((await claim(null, { kind: 'none', why: 'x' })).state, 'reproduced');
  });

  test('that are another layer here are no divergence: the runs show whether it matters', async () => {
    const found = await claim('d'.repeat(64), { kind: 'layer', layer: { digest: 'e'.repeat(64) } });
    assert.equal(found.state, 'signed');
    assert.match(found.state === 'signed' ? (found.why ?? '') : '', /another layer, eeeeeeeeeeee/);
  });

  test('that cannot be installed here make nothing reproducible, with the reason', async () => {
    const none = await claim('d'.repeat(64), { kind: 'none', why: 'no npm' });
    assert.deepEqual(
      [none.state, Reflect.get(none, 'why')],
      ['not_reproducible', 'nothing could be installed here: no npm'],
    );
    const failed = await claim('d'.repeat(64), { kind: 'failed', detail: 'no network', tail: '' });
    assert.deepEqual([failed.state, Reflect.get(failed, 'why')], ['not_reproducible', 'no network']);
  });
});

suite('what held-out checks must fail on', () => {
  const wrongFile = { path: 'a.js', mode: '100644', blob: { ...BLOB, sha256: 'a'.repeat(64) } } as const;
  const gone = { path: 'b.js', mode: '100644', blob: null } as const;
  const files = new Map([[heldOutFile('a'.repeat(64)), Buffer.from('wrong\n')]]);

  async function oracle(
    wrong: readonly object[],
    expected: (vault: ReturnType<typeof memoryVault>) => string,
    bundle: ReadonlyMap<string, Uint8Array> = files,
    revealed = true,
  ) {
    const vault = memoryVault({ 'a.js': 'right\n', 'b.js': 'b\n' });
    const heldOut = { commitment: '', paths: ['t.js'], hidden: [], oracle: expected(vault) };
    const state = { created: created({ heldOut }), revealed: revealed ? { nonce: '', files: [], wrong } : null };
    const source: Source = Object.assign(JSON.parse('{}'), {
      vault,
      pin: { tree: BASE },
      files: bundle,
      facts: factsOf(state as object as Partial<GoalState>),
    });
    return makeOracle(source);
  }

  test('is made again from the base and the files of the bundle, also of those that it takes away', async () => {
    const made = (vault: ReturnType<typeof memoryVault>) => vault.treeWith({ 'a.js': 'wrong\n' });
    assert.equal((await oracle([wrongFile, gone], made))?.state, 'reproduced');
  });

  test('is told where it comes out as another tree', async () => {
    const found = await oracle([wrongFile], () => FIX);
    assert.equal(found?.state, 'diverged');
  });

  test('cannot be made where a file is missing, is a link, or nothing was revealed', async () => {
    const any = () => FIX;
    assert.equal((await oracle([wrongFile], any, new Map()))?.state, 'not_reproducible');
    assert.equal((await oracle([{ ...wrongFile, mode: '120000' }], any))?.state, 'not_reproducible');
    assert.match(String(Reflect.get((await oracle([], any, files, false)) ?? {}, 'why')), /not revealed/);
  });

  test('is nothing where there are none', async () => {
    const source: Source = Object.assign(JSON.parse('{}'), { facts: factsOf({ created: created() }) });
    assert.equal(await makeOracle(source), null);
  });
});

suite('what no run can show again', () => {
  test('is named as signed: turns, answers, the result, and gates that were not asked for', () => {
    const [first, ...rest] = endReady();
    assert.ok(first?.type === 'goal.created');
    const state = fold([first, ...rest]);
    const claims = signedClaims(factsOf(state, { head: 'c'.repeat(40), created: first.data }), null);
    assert.deepEqual(
      claims.map(({ about }) => about),
      ['result', 'turns'],
    );
    assert.match(claims[1]?.text ?? '', /^turns: 1 of /);
  });

  test('of a given change says that nobody worked', () => {
    const given = created({}, givenOf(FIX));
    const claims = signedClaims(factsOf({ created: given }, { created: given }), null);
    assert.deepEqual(
      claims.map(({ text }) => text),
      ['turns: none, as the change was given'],
    );
  });

  test('names the answers of persons by what they answered', () => {
    const question = { id: 'q', code: 'no_criterion', subject: 'goal', text: '' } as const;
    const questions = [
      { question, answer: { kind: 'accept' } as const, as: undefined },
      { question: { ...question, id: 'q2' }, answer: null },
    ];
    const state = { questions, policy: policyOf(gateSpec()) } as object as Partial<GoalState>;
    const claims = signedClaims(factsOf(state), null);
    assert.deepEqual(
      claims.filter(({ about }) => about === 'answers').map(({ text }) => text),
      ['answer to no_criterion: accept'],
    );
  });
});

suite('the world of a proof that is run again', () => {
  test('runs every gate anew and keeps no run for other goals', async () => {
    const requests: object[] = [];
    const goal = await fakeContext({
      doors: () => ({ gates: { run: async (request: object) => requests.push(request) } }),
    });
    const world = fromBundle(goal.context.world, factsOf({}), new Map());
    const request = { cache: { goal: 'g', reuse: true }, round: 1 };
    await world.gates.run(Object.assign(JSON.parse('{}'), request), () => undefined, new AbortController().signal);
    assert.deepEqual(requests, [{ round: 1 }]);
  });

  test('has held-out checks from the bundle only', async () => {
    const goal = await fakeContext();
    const sha256 = (await goal.store.putBlob(Buffer.from('of this machine'))).sha256;
    goal.privately.set('held-out/g.json', 'of this machine');
    const revealed = { nonce: 'n', files: [], wrong: [] };
    const world = fromBundle(
      goal.context.world,
      factsOf({ revealed }),
      new Map([[heldOutFile('a'.repeat(64)), Buffer.from('x')]]),
    );
    assert.equal(await world.store.getBlob(sha256), null);
    assert.deepEqual(await world.store.getBlob('a'.repeat(64)), Buffer.from('x'));
    assert.equal(await world.files.readPrivate('held-out/g.json'), JSON.stringify(revealed));
    const none = fromBundle(goal.context.world, factsOf({ revealed: null }), new Map());
    assert.equal(await none.files.readPrivate('held-out/g.json'), null);
  });
});
