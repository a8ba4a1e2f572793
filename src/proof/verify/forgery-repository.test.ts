import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import type { DataOf } from '../../domain/goal/state.ts';
import { utf8 } from '../format/bytes.ts';
import { at } from '../format/json.ts';
import { OWNER, bundleOf, readyBundle, verifyFiles, verifyV1 } from '../testing/bundle.ts';
import { forge } from '../testing/forge.ts';
import { BASE, FIXED, GATE_BLOB, ending, fixedGoal } from '../testing/goal.ts';
import { OTHER, refused, refusedAtV0, set } from '../testing/refused.ts';
import type { VerifyReport } from './report.ts';

const withoutGate = (id: string) => (event: unknown) =>
  !(at(event, 'type') === 'gate.measured' && at(event, 'data', 'gate') === id);

test('proof 4: a required gate dropped and all signed again is E_GATE_MISSING', async () => {
  const { goal, files } = await readyBundle();
  refusedAtV0(await verifyFiles(forge(files, OWNER, { statements: { 'gate-lint': undefined } })), 'E_GATE_MISSING');
  // Taken out of the log too: V0 sees a consistent story, the base does not.
  const policy = goal.events.find((event) => event.type === 'policy.resolved')?.data.policy;
  assert.ok(policy);
  const events = goal.events
    .filter(withoutGate('lint'))
    .map((event) =>
      event.type === 'policy.resolved'
        ? { ...event, data: { policy: { ...policy, gates: policy.gates.slice(0, 1) } } }
        : event,
    );
  const story = await bundleOf(goal, [...events, ending(events, 'ready')]);
  assert.equal((await verifyFiles(story)).reached, 'V0');
  const report = await verifyV1(goal, story);
  refused(report, 'E_GATE_MISSING');
  assert.equal(report.reached, 'V0');
});

test('proof 5: a weaker command than the base’s is E_GATE_ARGV', async () => {
  const { goal, files } = await readyBundle();
  const said = forge(files, OWNER, { statements: { 'gate-unit': set('gate/v1 argv', () => ['true']) } });
  refusedAtV0(await verifyFiles(said), 'E_GATE_ARGV');
  const events = goal.events.map((event) =>
    event.type === 'policy.resolved'
      ? {
          ...event,
          data: {
            policy: {
              ...event.data.policy,
              gates: event.data.policy.gates.map((gate) => ({ ...gate, argv: ['true'] as const })),
            },
          },
        }
      : event,
  );
  refused(await verifyV1(goal, await bundleOf(goal, [...events, ending(events, 'ready')])), 'E_GATE_ARGV');
});

test('proof 6: another base than the verifier names is E_BASE; other policy bytes under the true id are E_POLICY', async () => {
  const { goal, files } = await readyBundle();
  refusedAtV0(await verifyFiles(files, { expect: { base: OTHER } }), 'E_BASE');
  refused(await verifyV1(goal, files, { expect: {} }), 'E_BASE');
  refused(
    await verifyV1(goal, files, { git: { ...goal.repository, readBlob: async () => utf8('gates = []') } }),
    'E_POLICY',
  );
  const moved = { ...goal.repository, commitTree: async () => goal.candidate };
  refused(await verifyV1(goal, files, { git: moved }), 'E_BASE');
});

test('a policy that is not the file of the base is E_POLICY', async () => {
  const goal = fixedGoal();
  const events = goal.events.map((event) =>
    event.type === 'policy.resolved'
      ? { ...event, data: { policy: { ...event.data.policy, file: { path: '.omk/gates.toml', blob: OTHER } } } }
      : event,
  );
  refused(await verifyV1(goal, await bundleOf(goal, [...events, ending(events, 'ready')])), 'E_POLICY');
  const detected = goal.events.map((event) =>
    event.type === 'policy.resolved' ? { ...event, data: { policy: { ...event.data.policy, file: null } } } : event,
  );
  refused(await verifyV1(goal, await bundleOf(goal, [...detected, ending(detected, 'ready')])), 'E_POLICY');
});

test('gates of the base that cannot be read, are declared otherwise or are fewer are E_POLICY', async () => {
  const { goal, files } = await readyBundle();
  const reading = async (change: (gates: readonly GateSpec[]) => readonly GateSpec[]): Promise<VerifyReport> => {
    const policy = await goal.repository.policyAt(goal.base);
    return verifyV1(goal, files, {
      git: { ...goal.repository, policyAt: async () => ({ ...policy, gates: change(policy.gates) }) },
    });
  };
  assert.equal((await reading((gates) => gates)).reached, 'V1');
  refused(await reading((gates) => gates.map((gate) => ({ ...gate, timeoutMs: 1 }))), 'E_POLICY');
  refused(await reading((gates) => gates.slice(1)), 'E_POLICY');
  const broken = {
    ...goal.repository,
    policyAt: () => Promise.reject(new OmkError('GATES_INVALID', 'line 3 does not parse', 'mend it')),
  };
  refused(await verifyV1(goal, files, { git: broken }), 'E_POLICY');
});

test('a result commit with another tree or parent is refused at V1', async () => {
  const { goal, files } = await readyBundle();
  const tree = { ...goal.repository, commitTree: async (id: string) => (id === BASE ? goal.base : OTHER) };
  refused(await verifyV1(goal, files, { git: tree }), 'E_SUBJECT');
  refused(await verifyV1(goal, files, { git: { ...goal.repository, commitParents: async () => [OTHER] } }), 'E_BASE');
  refused(
    await verifyV1(goal, files, { git: { ...goal.repository, commitParents: async () => [BASE, OTHER] } }),
    'E_BASE',
  );
  refused(await verifyV1(goal, files, { git: null }), 'E_GIT');
  refused(await verifyV1(goal, files, { git: { ...goal.repository, commitTree: async () => null } }), 'E_GIT');
  refused(
    await verifyV1(goal, files, {
      git: { ...goal.repository, commitTree: async (id) => (id === BASE ? goal.base : null) },
    }),
    'E_GIT',
  );
  for (const missing of [goal.base, goal.candidate])
    refused(
      await verifyV1(goal, files, {
        git: { ...goal.repository, listTree: async (id) => (id === missing ? null : goal.repository.listTree(id)) },
      }),
      'E_GIT',
    );
  const grafted = async () => (await goal.repository.listTree(goal.base))?.slice(1) ?? null;
  refused(await verifyV1(goal, files, { git: { ...goal.repository, listTree: grafted } }), 'E_GIT');
  const blobless = fixedGoal({ ...FIXED, 'test/sum.test.js': 'more' });
  const bundle = await bundleOf(blobless, [...blobless.events, ending(blobless.events, 'ready')]);
  const hidden = {
    ...blobless.repository,
    readBlob: async (id: string) => (id === GATE_BLOB ? blobless.repository.readBlob(id) : null),
  };
  refused(await verifyV1(blobless, bundle, { git: hidden }), 'E_GIT');
});

test('another patch is E_PATCH: replaced, signed again, or not leading to the judged tree', async () => {
  const { goal, files } = await readyBundle();
  refusedAtV0(await verifyFiles(new Map(files).set('change.patch', utf8('other'))), 'E_PATCH');
  refusedAtV0(
    await verifyFiles(forge(files, OWNER, { files: (all) => void all.set('change.patch', utf8('other')) })),
    'E_PATCH',
  );
  refused(await verifyV1(goal, files, { git: { ...goal.repository, treeFromPatch: async () => OTHER } }), 'E_PATCH');
});

test('a recipe that spares the candidate the base’s tests is E_RECIPE', async () => {
  const goal = fixedGoal({
    '.omk/gates.toml': '[[gates]]\nname = "unit"\ncommand = "node"\nargs = ["--test"]\n',
    'package.json': '{"name":"sum"}\n',
    'src/sum.js': 'wrong',
    'test/sum.test.js': 'weaker',
  });
  const files = await bundleOf(goal, [...goal.events, ending(goal.events, 'ready')]);
  assert.equal((await verifyFiles(files)).reached, 'V0');
  refused(await verifyV1(goal, files), 'E_RECIPE');
});

test('each part of a recipe is computed again: E_RECIPE', async () => {
  const goal = fixedGoal({ ...FIXED, 'test/sum.test.js': 'weaker', '.omk/gates.toml': 'weaker' });
  const honest = {
    contract: {
      tree: goal.repository.add(FIXED),
      recipe: {
        kind: 'contract',
        base: goal.base,
        edits: [
          { path: '.omk/gates.toml', action: 'restore' },
          { path: 'test/sum.test.js', action: 'restore' },
        ],
      },
    },
    contractChanges: [{ path: 'test/sum.test.js', change: 'edited' }],
    policyPaths: ['.omk/gates.toml'],
  } as const;
  const tried = async (examined: Partial<DataOf<'candidate.examined'>>): Promise<readonly string[]> => {
    const events = goal.events
      .slice(0, 13)
      .map((event) =>
        event.type === 'candidate.examined' ? { ...event, data: { ...event.data, ...honest, ...examined } } : event,
      );
    const report = await verifyV1(goal, await bundleOf(goal, [...events, ending(events, 'not_ready')]));
    return report.checks.filter((each) => !each.ok).map((each) => `${each.code} ${each.text}`);
  };
  const { tree, recipe } = honest.contract;
  assert.deepEqual(await tried({}), []);
  assert.match(
    (await tried({ contract: { tree: goal.candidate, recipe } })).join('\n'),
    /^E_RECIPE the base’s tests on the candidate[^\n]*$/,
  );
  assert.match(
    (await tried({ contract: { tree, recipe: { ...recipe, edits: [] } } })).join('\n'),
    /^E_RECIPE the recipe lists exactly[^\n]*$/,
  );
  assert.match((await tried({ contractChanges: [] })).join('\n'), /^E_RECIPE changed tests[^\n]*$/);
  assert.match((await tried({ extended: ['test/sum.test.js'] })).join('\n'), /^E_RECIPE changed tests[^\n]*$/);
  assert.match((await tried({ policyPaths: [] })).join('\n'), /^E_RECIPE changes of \.omk\/[^\n]*$/);
  const [change] = goal.events.flatMap((event) => (event.type === 'candidate.examined' ? event.data.changes : []));
  assert.ok(change);
  for (const other of [{ before: 'f'.repeat(40) }, { after: 'f'.repeat(40) }, { before: null }])
    assert.match(
      (await tried({ changes: [{ ...change, ...other }] })).join('\n'),
      /^E_RECIPE what each file was and became[^\n]*$/,
    );
});
