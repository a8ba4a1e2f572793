import { idOf, type Template } from './template.ts';

const PRESETS = 'src/world/agents/presets';

/** A preset that starts a program of its name over ACP and shows it nothing of the user, with a test that says what is missing. */
export function newPreset(name: string): Template {
  const id = idOf(name);
  return {
    files: new Map([
      [`${PRESETS}/${name}.ts`, preset(name, id)],
      [`${PRESETS}/${name}.test.ts`, presetTest(name, id)],
    ]),
    lines: [
      { path: `${PRESETS}/list.ts`, line: `import { ${id} } from './${name}.ts';`, before: `import { scripted }` },
    ],
    words: [{ path: `${PRESETS}/list.ts`, word: `${id}, `, before: 'scripted];' }],
    next: [`node --test ${PRESETS}/${name}.test.ts ${PRESETS}/list.test.ts`, 'a row in the table of docs/agents.md'],
  };
}

const preset = (name: string, id: string): string => `import { NETWORK_ENV, type Preset } from './preset.ts';

export const ${id}: Preset = {
  name: '${name}',
  program: '${name}',
  args: [],
  fix: '',
  login: '',
  needs: null,
  env: [...NETWORK_ENV],
  set: {},
  paths: () => [],
  readsThroughClient: false,
  usageHome: null,
  mode: null,
};
`;

const presetTest = (name: string, id: string): string => `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ${id} } from './${name}.ts';

test('${name}: how it is started, and what it may see and write', () => {
  assert.ok(${id}.args.length > 0, 'missing: \`args\`, which make it speak ACP');
  assert.match(${id}.fix, /\\.$/, 'missing: \`fix\`, a sentence that says how to get it');
  assert.notEqual(${id}.login, '', 'missing: \`login\`, the command that logs in');
  const paths = ${id}.paths({ home: '/home/user', env: {} });
  assert.ok(paths.length > 0, 'missing: \`paths\`, its folders of the user');
  const written = paths.filter(({ access }) => access === 'write').map(({ path }) => path);
  assert.ok(!written.includes('/home/user'), 'settings and programs must not be writable: name sessions and login one by one');
});
`;
