import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import { readPlan } from './read.ts';
import { planJsonSchema } from './schema.ts';

const GOOD = `goal = "Add subtract"

[[criteria]]
id = "c1"
text = "it subtracts"
files = ["test/subtract.test.js"]

[[tasks]]
id = "t1"
title = "Add it"
`;

test('a plan is read with its tests, from TOML and JSON, and a fault is told with file, line and rule', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'omk-plan-'));
  t.after(() => rm(dir, { recursive: true }));
  await mkdir(join(dir, 'test'));
  await writeFile(join(dir, 'test/subtract.test.js'), 'a');
  await writeFile(join(dir, 'helper.js'), 'a');
  const told = async (name: string, text: string): Promise<string> => {
    await writeFile(join(dir, name), text);
    return readPlan(join(dir, name)).then(
      ({ document, files }) => `${document.goal} ${files.map(({ path }) => path).join()}`,
      (error: unknown) => {
        assert.ok(error instanceof OmkError && error.exit === 2);
        return `${error.code} ${error.message.replace(`${dir}/`, '')}`;
      },
    );
  };
  const json = JSON.stringify(
    {
      goal: 'Add subtract',
      criteria: [{ id: 'c1', text: 'x', files: ['test/subtract.test.js'] }],
      tasks: [{ id: 't1', title: 'x' }],
    },
    null,
    1,
  );
  const cases: readonly [string, string, string][] = [
    ['plan.toml', GOOD, 'Add subtract test/subtract.test.js'],
    ['plan.json', json, 'Add subtract test/subtract.test.js'],
    ['a.toml', GOOD.replace('title', 'titel'), "PLAN_INVALID a.toml:10: unknown key 'titel'"],
    ['a.toml', GOOD.replace('text = "it subtracts"\n', ''), "PLAN_INVALID a.toml:3: 'text' is missing"],
    ['a.toml', GOOD.replace('"t1"', '1'), "PLAN_INVALID a.toml:9: 'id' must be a text"],
    ['a.toml', `${GOOD}needs = ["t2"]\n`, "PLAN_INVALID a.toml:11: there is no task 't2'"],
    ['a.toml', `${GOOD}x = [\n`, 'PLAN_INVALID a.toml:12: not valid TOML: invalid value'],
    [
      'a.toml',
      GOOD.replaceAll('test/subtract.test.js', 'test/no.test.js'),
      "PLAN_INVALID a.toml:6: there is no file 'test/no.test.js' beside the plan",
    ],
    [
      'a.toml',
      GOOD.replaceAll('test/subtract.test.js', 'helper.js'),
      "PLAN_INVALID a.toml:6: 'helper.js' is no test file by its path",
    ],
    ['a.toml', 'goal = "x"\n', "PLAN_INVALID a.toml:1: 'criteria' is missing"],
    ['a.json', json.replace('"x"', '7'), "PLAN_INVALID a.json:6: 'text' must be a text"],
    ['a.json', '{"a": 1,\n}', 'PLAN_INVALID a.json:2: not valid JSON'],
  ];
  for (const [name, text, expected] of cases) assert.equal(await told(name, text), expected);
  await assert.rejects(readPlan(join(dir, 'no.toml')), { code: 'PLAN_UNREADABLE' });
});

test('the schema names all that a plan may hold', () => {
  const schema = JSON.stringify(planJsonSchema());
  for (const key of ['goal', 'class', 'criteria', 'tasks', 'interface', 'questions', 'decisions', 'needs', 'writes'])
    assert.ok(schema.includes(`"${key}"`), key);
});
