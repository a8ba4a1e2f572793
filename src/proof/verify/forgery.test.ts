import { isRecord } from '../../domain/record.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { fold } from '../../domain/transition/evolve.ts';
import { readiness } from '../../domain/judge/readiness.ts';
import { sha256Hex, utf8 } from '../format/bytes.ts';
import { decodeEnvelope, encodeEnvelope, type Envelope } from '../format/envelope.ts';
import { at } from '../format/json.ts';
import { encodeSigstore } from '../format/sigstore.ts';
import { factsOf } from '../statement/facts.ts';
import { verifiedLevels } from '../statement/levels.ts';
import { CURRENT_RULES } from '../rules/current.ts';
import { OWNER, bundleOf, failures, readyBundle, verifyFiles, verifyV1 } from '../testing/bundle.ts';
import { forge, payloadOf, type Edit } from '../testing/forge.ts';
import { HEAD, ending, fixedGoal, toLines } from '../testing/goal.ts';
import { OTHER, refusedAtV0, set } from '../testing/refused.ts';
import { testSigner, trust } from '../testing/signer.ts';

const THIEF = testSigner(2);

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
