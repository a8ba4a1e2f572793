import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as z from 'zod/mini';
import { chooseSteps } from './choose.ts';
import { loadScenario, scenarioSchema } from './scenario.ts';

const dir = mkdtempSync(join(tmpdir(), 'omk-scenario-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const load = (text: string): ReturnType<typeof loadScenario> => {
  writeFileSync(join(dir, 's.json'), text);
  return loadScenario(join(dir, 's.json'));
};
const wrong = (step: string, sentence: RegExp): void =>
  assert.throws(() => load(`{"turns":[{"steps":[${step}]}]}`), sentence);

test('what is wrong with a scenario is one sentence with its place', () => {
  assert.throws(() => load('{'), /s\.json: .*JSON/);
  assert.throws(() => loadScenario(join(dir, 'absent.json')), /absent\.json: ENOENT/);
  assert.throws(() => load('{"turns":[]}'), /s\.json: turns must have a turn/);
  assert.throws(() => load('{"turns":[{"steps":[]}],"than":1}'), /does not know the key `than`/);
  assert.throws(
    () => load('{"turns":[{"steps":[],"when":{"prompt_matches":"("}}]}'),
    /turns\[0\]\.when\.prompt_matches must be a regular expression/,
  );
  wrong('{"sya":"x"}', /turns\[0\]\.steps\[0\] must be one step: an object with one key of say, think/);
  wrong('{"say":"x","wait":1}', /must be one step/);
  wrong('{"write":{"content":"x"}}', /turns\[0\]\.steps\[0\] is not a good step: write\.path must be a path/);
  wrong('{"flood":{"bytes":1,"kind":"water"}}', /flood\.kind must be text, updates/);
  wrong('3', /must be one step/);
});

test('turns go by number, prompts that match go first, and the end is said', () => {
  const { scenario } = load(
    '{"turns":[{"steps":[{"say":"1"}]},{"when":{"prompt_matches":"^fix"},"steps":[{"say":"f"}]},{"steps":[{"say":"2"}]}]}',
  );
  const first = (prompt: string, number: number): unknown => chooseSteps(scenario, prompt, number)[0];
  assert.deepEqual(
    [first('go', 1), first('go', 2), first('go', 9), first('fix it', 1)],
    [{ say: '1' }, { say: '2' }, { say: '2' }, { say: 'f' }],
  );
  const said = load('{"turns":[{"steps":[{"say":"1"}]}],"then":"say_done"}');
  assert.deepEqual(chooseSteps(said.scenario, 'go', 2), [{ say: 'done' }]);
});

test('the published schema is the one that is checked', () => {
  const published = join(import.meta.dirname, '../../../../share/scenario.schema.json');
  assert.deepEqual(JSON.parse(readFileSync(published, 'utf8')), z.toJSONSchema(scenarioSchema, { io: 'input' }));
});
