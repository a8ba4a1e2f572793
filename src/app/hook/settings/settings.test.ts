import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { jsonSettings } from './json.ts';
import { parseNodes } from './json-nodes.ts';
import { isOurs } from './places.ts';
import { tomlSettings } from './toml.ts';

const command = 'omk judge --hook claude';
const entry = { event: 'Stop', command, timeout: 600 };
const ours = isOurs('claude');

test('a hook is put behind what is there, and everything else stays byte for byte', () => {
  const before = ['{', '    "model": "x", // mine', '    "hooks": {', '        "Stop": [']
    .concat(['            {"hooks": [{"command": "say done"}]}', '        ],', '    },', '}', ''])
    .join('\n');
  const after = jsonSettings.add(before, entry) ?? '';
  const at = after.indexOf(',\n            {\n                "hooks"');
  const added = after.slice(at, after.indexOf('\n        ],', at));
  assert.equal(after.replace(added, ''), before);
  assert.deepEqual(
    jsonSettings.read(after)?.map((each) => each.command),
    ['say done', command],
  );
  assert.equal(jsonSettings.remove(after, ours), before);
  assert.equal(
    jsonSettings.add('{"a":1}', entry),
    `{"a":1, "hooks": {"Stop":[{"hooks":[{"type":"command","command":"${command}","timeout":600}]}]}}`,
  );
});

test('whatever JSON is there, a hook that is added and removed leaves it as it was', () => {
  const settings = fc.dictionary(
    fc.string().filter((key) => key !== 'hooks' && key !== '__proto__'),
    fc.jsonValue(),
  );
  const layout = fc.constantFrom(undefined, 2, '\t');
  fc.assert(
    fc.property(settings, layout, (value, space) => {
      const text = JSON.stringify(value, null, space);
      const added = jsonSettings.add(text, entry) ?? '';
      assert.deepEqual(JSON.parse(added), {
        ...JSON.parse(text),
        hooks: { Stop: [{ hooks: [{ type: 'command', command, timeout: 600 }] }] },
      });
      assert.deepEqual(JSON.parse(jsonSettings.remove(added, ours) ?? ''), JSON.parse(text));
    }),
  );
});

test('values are read as JSON reads them', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value, null, 1);
      assert.deepEqual(JSON.parse(JSON.stringify(parseNodes(text)?.value)), JSON.parse(text));
    }),
  );
});

test('what is no settings file is left alone', () => {
  for (const text of [
    '{',
    '[]',
    '{"a" 1}',
    '{} x',
    '{"hooks": []}',
    '{"hooks": {"Stop": {}}}',
    '{,}',
    '{"a":1 "b":2}',
  ]) {
    assert.equal(jsonSettings.read(text), null, text);
    assert.equal(jsonSettings.add(text, entry), null, text);
    assert.equal(jsonSettings.remove(text, ours), null, text);
  }
  for (const text of ['a = ', 'hooks = 1', '[hooks]\na = 1']) assert.equal(tomlSettings.add(text, entry), null, text);
  assert.equal(tomlSettings.add('hooks = [{ event = "Stop", command = "x" }]\n', entry), null);
});

test('a table of hooks is put behind everything else, and taken out alone', () => {
  const before = '# mine\n[models.x]\na = 1\n\n[[hooks]]\nevent = "Stop"\ncommand = "say done"\n';
  const after = tomlSettings.add(before, entry) ?? '';
  assert.equal(after, `${before}\n[[hooks]]\nevent = "Stop"\ncommand = "${command}"\ntimeout = 600\n`);
  assert.deepEqual(
    tomlSettings.read(after)?.map((each) => each.command),
    ['say done', command],
  );
  assert.equal(tomlSettings.remove(after, ours), before);
  assert.equal(tomlSettings.remove(`${after}\n[tail]\nb = 2\n`, ours), `${before}\n[tail]\nb = 2\n`);
});

test('a hook of omk is known by its command, whatever options it has', () => {
  const own = [command, `${command} --rounds 5`, "'/a b/bin/omk.js' judge --hook claude", 'omk judge --hook=claude'];
  assert.deepEqual(own.map(ours), [true, true, true, true]);
  const others = ['omk judge', 'omk judge --hook kimi', 'somk judge --hook claude', 'omk judge --hook claudette'];
  assert.deepEqual(others.map(ours), [false, false, false, false]);
});
