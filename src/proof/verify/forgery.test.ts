import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { fold } from '../../domain/goal/evolve.ts';
import { readiness } from '../../domain/goal/readiness.ts';
import type { DataOf } from '../../domain/goal/state.ts';
import { sha256Hex, utf8 } from '../format/bytes.ts';
import { decodeEnvelope, encodeEnvelope, type Envelope } from '../format/envelope.ts';
import { at, isRecord } from '../format/json.ts';
import { encodeSigstore } from '../format/sigstore.ts';
import { factsOf } from '../statement/facts.ts';
import { verifiedLevels } from '../statement/levels.ts';
import { CURRENT_RULES } from '../rules/current.ts';
import { OWNER, bundleOf, failures, readyBundle, verifyFiles, verifyV1 } from '../testing/bundle.ts';
import { forge, payloadOf, type Edit } from '../testing/forge.ts';
import { BASE, FIXED, GATE_BLOB, HEAD, ending, fixedGoal, toLines } from '../testing/goal.ts';
import { testSigner, trust } from '../testing/signer.ts';
import type { VerifyCode } from './codes.ts';
import type { VerifyReport } from './report.ts';

const THIEF = testSigner(2);
const OTHER = 'd'.repeat(40);

function refused(report: VerifyReport, code: VerifyCode): void {
  assert.ok(failures(report).includes(code), `wanted ${code}, got ${failures(report).join(' ') || 'no failure'}`);
}
function refusedAtV0(report: VerifyReport, code: VerifyCode): void {
  refused(report, code);
  assert.equal(report.reached, 'none');
  assert.equal(report.proven, null);
}

const editEnvelope = (
  files: ReadonlyMap<string, Uint8Array>,
  name: string,
  change: (envelope: Envelope) => Envelope,
): Map<string, Uint8Array> => {
  const decoded = decodeEnvelope(files.get(`${name}.dsse.json`) ?? utf8(''));
  assert.ok(decoded.kind === 'envelope');
  const envelope = change(decoded.envelope);
  return new Map(files)
    .set(`${name}.dsse.json`, encodeEnvelope(envelope))
    .set(`${name}.sigstore.json`, encodeSigstore(envelope));
};

/** Sets the value at a path that ends in these keys. */
const set =
  (end: string, to: (value: unknown) => unknown): Edit =>
  (value, path) =>
    path.join(' ').endsWith(end) ? to(value) : value;

const withoutGate = (id: string) => (event: unknown) =>
  !(at(event, 'type') === 'gate.measured' && at(event, 'data', 'gate') === id);
const data = (type: string, change: (data: Readonly<Record<string, unknown>>) => unknown) => (event: unknown) => {
  const inner = at(event, 'data');
  return isRecord(event) && event['type'] === type && isRecord(inner) ? { ...event, data: change(inner) } : event;
};

test('a forger’s tools change nothing by themselves', async () => {
  const { files } = await readyBundle();
  const again = forge(files, OWNER, {});
  assert.deepEqual(
    [...again].filter(([name, content]) => Buffer.compare(content, files.get(name) ?? utf8('')) !== 0),
    [],
  );
});

test('proof 1: one byte of a payload changed is E_SIGNATURE', async () => {
  const { files } = await readyBundle();
  for (const name of ['terminal', 'gate-unit', 'turns']) {
    const changed = editEnvelope(files, name, (envelope) => {
      const payload = Uint8Array.from(envelope.payload);
      payload[40] = (payload[40] ?? 0) ^ 1;
      return { ...envelope, payload };
    });
    refusedAtV0(await verifyFiles(changed), 'E_SIGNATURE');
  }
});

test('proof 2: signed by another key under the same keyid is E_SIGNATURE, under its own E_KEY_UNTRUSTED', async () => {
  const { files } = await readyBundle();
  const posing = { ...THIEF, keyid: OWNER.keyid };
  refusedAtV0(await verifyFiles(forge(files, posing, {})), 'E_SIGNATURE');
  refusedAtV0(await verifyFiles(forge(files, THIEF, {})), 'E_KEY_UNTRUSTED');
});

test('two trusted signers cannot share one bundle: E_KEYID', async () => {
  const { files } = await readyBundle();
  const mixed = new Map(files);
  const other = forge(files, THIEF, {});
  for (const name of ['turns.dsse.json', 'turns.sigstore.json']) mixed.set(name, other.get(name) ?? utf8(''));
  refusedAtV0(await verifyFiles(mixed, { trusted: [trust(OWNER), trust(THIEF)] }), 'E_KEYID');
});

test('proof 3: a valid proof of one commit presented for another is E_SUBJECT', async () => {
  const { files } = await readyBundle();
  refusedAtV0(await verifyFiles(files, { expect: { head: OTHER } }), 'E_SUBJECT');
  const renamed = forge(files, OWNER, { statements: { terminal: set('subject 0 digest gitCommit', () => OTHER) } });
  refusedAtV0(await verifyFiles(renamed), 'E_SUBJECT');
});

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

test('proof 7: PASSED over a run of no tests is E_GATE_RESULT, over a changed tree E_GATE_TREE', async () => {
  const { files } = await readyBundle();
  const contract = (change: (data: Readonly<Record<string, unknown>>) => unknown) => (events: readonly unknown[]) =>
    events.map(
      data('gate.measured', (each) =>
        each['gate'] === 'unit' && each['purpose'] === 'contract' ? change(each) : each,
      ),
    );
  const empty = contract((each) => ({
    ...each,
    report: { ...(isRecord(each['report']) ? each['report'] : {}), tests: { passed: [], failed: [], skipped: [] } },
  }));
  refusedAtV0(await verifyFiles(forge(files, OWNER, { log: empty })), 'E_GATE_RESULT');
  refusedAtV0(await verifyFiles(forge(files, OWNER, { log: empty })), 'E_STATUS');
  refusedAtV0(
    await verifyFiles(forge(files, OWNER, { log: contract((each) => ({ ...each, changed: ['src/sum.js'] })) })),
    'E_GATE_TREE',
  );
  refusedAtV0(
    await verifyFiles(forge(files, OWNER, { log: contract((each) => ({ ...each, tree: OTHER })) })),
    'E_GATE_RESULT',
  );
  refusedAtV0(
    await verifyFiles(forge(files, OWNER, { statements: { 'gate-unit': set('runs 2 tree', () => OTHER) } })),
    'E_GATE_TREE',
  );
});

test('proof 8: what keys/ says changes nothing, and a proof.json that says something else is E_INDEX', async () => {
  const goal = fixedGoal();
  const files = new Map(await bundleOf(goal, [...goal.events, ending(goal.events, 'not_ready')]));
  files.set('keys/allowed_signers', utf8('nothing'));
  const report = await verifyFiles(files);
  assert.equal(report.reached, 'V0');
  assert.equal(report.proven?.status, 'not_ready');
  const index = new TextDecoder().decode(files.get('proof.json'));
  for (const lie of [
    index.replace('"not_ready"', '"ready"'),
    index.replace(/"tree": "\w/, '"tree": "x'),
    index.replace('"FAILED"', '"OMK_READY"'),
    index.replace(/"result": "\w+"/, '"result": "LUCKY"'),
    '{"status": 0.5}',
    'ready',
  ]) {
    assert.notEqual(lie, index);
    refusedAtV0(await verifyFiles(new Map(files).set('proof.json', utf8(lie))), 'E_INDEX');
  }
  const less = new Map(files);
  less.delete('proof.json');
  assert.equal((await verifyFiles(less)).reached, 'V0', 'nobody needs it');
});

test('another commit with the same tree is no subject; statements that name both as one, as before, still verify', async () => {
  const { goal, files } = await readyBundle();
  const subjects = (name: string): unknown => Object(payloadOf(files, name)).subject;
  const apart = [
    { name: 'HEAD', digest: { gitCommit: HEAD } },
    { name: 'HEAD^{tree}', digest: { gitTree: goal.candidate } },
  ];
  assert.deepEqual(subjects('gate-unit'), apart);
  assert.deepEqual(Array.isArray(subjects('terminal')) && Object(subjects('terminal')).slice(0, 2), apart);
  const join: Edit = (value, path) =>
    path.join(' ') === 'subject' && Array.isArray(value)
      ? [{ name: 'HEAD', digest: { gitCommit: HEAD, gitTree: goal.candidate } }, ...value.slice(2)]
      : value;
  const names = [...files.keys()].filter((name) => name.endsWith('.dsse.json')).map((name) => name.slice(0, -10));
  const statements: Record<string, Edit> = Object.fromEntries(names.map((name) => [name, join]));
  const before = await verifyV1(goal, forge(files, OWNER, { statements }));
  assert.deepEqual([before.reached, failures(before)], ['V1', []]);
  // One form for all of a bundle.
  refusedAtV0(await verifyFiles(forge(files, OWNER, { statements: { terminal: join } })), 'E_GATE_TREE');
});

test('labels of tests that the log does not have are E_STATUS', async () => {
  const goal = fixedGoal();
  const tests = {
    changes: [{ kind: 'weakened', path: 'test/sum.test.js', test: 'adds', reasons: [{ kind: 'skipped' }] }],
    more: 0,
  } as const;
  const events = goal.events.map((event): GoalEvent =>
    event.type === 'candidate.examined' ? { ...event, data: { ...event.data, tests } } : event,
  );
  const files = await bundleOf(goal, [...events, ending(events, 'ready')]);
  assert.equal((await verifyFiles(files)).reached, 'V0');
  assert.deepEqual(JSON.parse(new TextDecoder().decode(files.get('proof.json'))).changedTests, [
    'weakened  test/sum.test.js > adds: skip added',
  ]);
  refusedAtV0(
    await verifyFiles(forge(files, OWNER, { statements: { terminal: set('changedTests changes', () => []) } })),
    'E_STATUS',
  );
});

test('a failure signed as ready is E_STATUS', async () => {
  const goal = fixedGoal();
  const failed = await bundleOf(goal, [...goal.events.slice(0, 12), ending(goal.events.slice(0, 12), 'not_ready')]);
  const passed: Edit = (value, path) => {
    if (path.at(-1) === 'verificationResult') return 'PASSED';
    if (path.at(-1) === 'status') return 'ready';
    return path.at(-1) === 'verifiedLevels' ? ['OMK_READY'] : value;
  };
  refusedAtV0(await verifyFiles(forge(failed, OWNER, { statements: { terminal: passed } })), 'E_STATUS');
  const claimed = data('goal.ended', () => ({ status: 'ready', gaps: [], failure: null, rules: CURRENT_RULES }));
  refusedAtV0(
    await verifyFiles(forge(failed, OWNER, { statements: { terminal: passed }, log: (events) => events.map(claimed) })),
    'E_STATUS',
  );
});

test('a failure claimed as ready with all else told truly is E_STATUS and E_GATE_RESULT', async () => {
  const goal = fixedGoal();
  // Everything but the runs on the candidate.
  const events = goal.events.filter((event) => !(event.type === 'gate.measured' && event.data.purpose !== 'baseline'));
  const failed = await bundleOf(goal, [...events, ending(events, 'not_ready')]);
  const claimed: GoalEvent = {
    type: 'goal.ended',
    data: { status: 'ready', gaps: readiness(fold(events)), failure: null },
  };
  const result = factsOf(toLines([...events, claimed]).map((each) => each.event));
  assert.ok(result.kind === 'not_admitted');
  const passed: Edit = (value, path) => {
    if (path.at(-1) === 'verificationResult') return 'PASSED';
    if (path.at(-1) === 'status') return 'ready';
    return path.at(-1) === 'verifiedLevels' ? verifiedLevels(result.facts) : value;
  };
  const log = (lines: readonly unknown[]): readonly unknown[] =>
    lines.map(data('goal.ended', (each) => ({ ...each, status: 'ready' })));
  const report = await verifyFiles(forge(failed, OWNER, { statements: { terminal: passed }, log }));
  assert.deepEqual(failures(report), ['E_STATUS', 'E_GATE_RESULT', 'E_INDEX']);
});

test('a file that must be there and is not is E_BUNDLE', async () => {
  const { files } = await readyBundle();
  for (const name of ['events.jsonl', 'terminal.dsse.json']) {
    const less = new Map(files);
    less.delete(name);
    assert.equal(failures(await verifyFiles(less)).at(-1), 'E_BUNDLE', name);
  }
});

test('proof 9: a hex keyid is E_KEYID; a payload type with a predicate or an extra field is E_ENVELOPE', async () => {
  const { files } = await readyBundle();
  const text = Buffer.from(files.get('terminal.dsse.json') ?? '').toString();
  const hex = text.replace(OWNER.keyid, sha256Hex(OWNER.publicKey.raw));
  refusedAtV0(await verifyFiles(new Map(files).set('terminal.dsse.json', utf8(hex))), 'E_KEYID');
  const typed = text.replace('in-toto+json', 'in-toto.vsa+json');
  refusedAtV0(await verifyFiles(new Map(files).set('terminal.dsse.json', utf8(typed))), 'E_ENVELOPE');
  const extra: Edit = (value, path) => (path.length === 0 && isRecord(value) ? { ...value, note: 'x' } : value);
  for (const name of ['terminal', 'turns']) {
    const report = await verifyFiles(forge(files, OWNER, { statements: { [name]: extra } }));
    assert.deepEqual(failures(report), ['E_ENVELOPE']);
  }
});

test('gaps left out, or a level added, is E_STATUS', async () => {
  const { files } = await readyBundle();
  for (const [end, value] of [
    ['knownGaps', []],
    ['verifiedLevels', ['OMK_READY', 'OMK_REPLAY_L3']],
    ['humanDecisions', [{ code: 'x' }]],
  ] as const)
    refusedAtV0(
      await verifyFiles(forge(files, OWNER, { statements: { terminal: set(end, () => value) } })),
      'E_STATUS',
    );
  const silent = data('goal.ended', (each) => ({ ...each, gaps: [] }));
  refusedAtV0(await verifyFiles(forge(files, OWNER, { log: (events) => events.map(silent) })), 'E_STATUS');
});

test('statements that are listed but absent, present but not listed, or about nothing are E_INPUTS', async () => {
  const { files } = await readyBundle();
  const less = new Map(files);
  less.delete('turns.dsse.json');
  less.delete('turns.sigstore.json');
  refusedAtV0(await verifyFiles(less), 'E_INPUTS');
  const unlisted: Edit = (value, path) =>
    path.join(' ') === 'predicate inputAttestations' && Array.isArray(value) ? value.slice(1) : value;
  refusedAtV0(await verifyFiles(forge(files, OWNER, { statements: { terminal: unlisted } })), 'E_INPUTS');
  for (const list of ['x', null, [{ uri: 1 }], {}]) {
    const shapeless = forge(files, OWNER, { statements: { terminal: set('predicate inputAttestations', () => list) } });
    assert.equal(failures(await verifyFiles(shapeless))[0], 'E_INPUTS');
  }
  const more = forge(files, OWNER, {
    files: (all) => void all.set('gate-extra.dsse.json', all.get('gate-unit.dsse.json') ?? utf8('')),
  });
  refusedAtV0(await verifyFiles(more), 'E_INPUTS');
});

test('a turn told otherwise is E_TURNS', async () => {
  const { files } = await readyBundle();
  refusedAtV0(
    await verifyFiles(forge(files, OWNER, { statements: { turns: set('treeAfter', () => OTHER) } })),
    'E_TURNS',
  );
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
});
