import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { interpretersOf } from './interpreter.ts';
import { showInterpreters, showProgram } from './visible.ts';

const home = realpathSync(mkdtempSync(join(tmpdir(), 'omk-interpreter-')));
after(() => rmSync(home, { recursive: true, force: true }));
const at = (path: string): string => join(home, path);
const file = (path: string, content = ''): string => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
  chmodSync(at(path), 0o755);
  return at(path);
};
const link = (path: string, to: string): string => {
  mkdirSync(dirname(at(path)), { recursive: true });
  symlinkSync(at(to), at(path));
  return at(path);
};
/** Whether everything of `needed` is shown for a program that a user starts as `program`. */
const sees = (program: string, needed: readonly string[], path = '/usr/bin'): void => {
  const shown = [...showProgram(program, [home]), ...showInterpreters(program, path, [home])].map(({ from }) => from);
  for (const place of needed)
    assert.ok(
      shown.some((folder) => at(place) === folder || at(place).startsWith(`${folder}/`)),
      `${place} of ${shown.join(', ')}`,
    );
  assert.ok(!shown.includes(home) && !shown.includes(at('.local')), 'nothing around it');
};

/** Python as uv keeps it, and an environment made from it. */
function python(environment: string): void {
  file('.local/share/uv/python/cpython-3.12/bin/python3.12');
  file('.local/share/uv/python/cpython-3.12/lib/python3.12/os.py');
  link(`${environment}/bin/python`, '.local/share/uv/python/cpython-3.12/bin/python3.12');
  file(`${environment}/pyvenv.cfg`, `home = ${at('.local/share/uv/python/cpython-3.12/bin')}\nversion = 3.12\n`);
}

test('a tool of uv: the environment behind the link, its Python and the library of that', () => {
  python('.local/share/uv/tools/agent');
  file('.local/share/uv/tools/agent/bin/agent', `#!${at('.local/share/uv/tools/agent/bin/python')}\nimport agent\n`);
  file('.local/share/uv/tools/agent/lib/python3.12/site-packages/agent.py');
  const program = link('.local/bin/agent', '.local/share/uv/tools/agent/bin/agent');
  sees(program, [
    '.local/share/uv/tools/agent/bin/python',
    '.local/share/uv/tools/agent/lib/python3.12/site-packages/agent.py',
    '.local/share/uv/python/cpython-3.12/bin/python3.12',
    '.local/share/uv/python/cpython-3.12/lib/python3.12/os.py',
  ]);
});

test('a program of pipx, whose interpreter has too long a path for a first line', () => {
  const environment = '.local/share/pipx/venvs/an agent';
  file('.pyenv/versions/3.13/bin/python3.13');
  file('.pyenv/versions/3.13/lib/python3.13/os.py');
  link(`${environment}/bin/python`, '.pyenv/versions/3.13/bin/python3.13');
  file(`${environment}/pyvenv.cfg`, `home = ${at('.pyenv/versions/3.13/bin')}\n`);
  file(
    `${environment}/bin/agent`,
    `#!/bin/sh\n'''exec' "${at(environment)}/bin/python" "$0" "$@"\n' '''\nimport agent\n`,
  );
  sees(link('.local/bin/pipx-agent', `${environment}/bin/agent`), [
    `${environment}/pyvenv.cfg`,
    '.pyenv/versions/3.13/lib/python3.13/os.py',
  ]);
});

test('a program of a prefix of npm, and the Node that `env` finds on the PATH', () => {
  file('.nvm/versions/node/v24/bin/node');
  file('.nvm/versions/node/v24/lib/node_modules/npm/package.json');
  file('.npm-global/lib/node_modules/agent/cli.js', '#!/usr/bin/env -S node --no-warnings\n');
  const program = link('.npm-global/bin/agent', '.npm-global/lib/node_modules/agent/cli.js');
  sees(
    program,
    ['.npm-global/lib/node_modules/agent/cli.js', '.nvm/versions/node/v24/bin/node'],
    at('.nvm/versions/node/v24/bin'),
  );
});

test('a wrapper that a package manager writes, and what that starts', () => {
  file('brew/Cellar/node/24/bin/node');
  file('brew/Cellar/node/24/lib/x');
  link('brew/opt-node', 'brew/Cellar/node/24');
  file('brew/Cellar/agent/1/bin/agent', `#!/bin/bash\nexport A=1\nexec "${at('brew/opt-node/bin/node')}" "$@"\n`);
  sees(link('brew/bin/agent', 'brew/Cellar/agent/1/bin/agent'), [
    'brew/Cellar/node/24/bin/node',
    'brew/Cellar/node/24/lib/x',
  ]);
});

test('what is no script, is not there or names itself has no interpreters', () => {
  assert.deepEqual(interpretersOf(file('binary', '\u007fELF'), '/usr/bin'), []);
  assert.deepEqual(interpretersOf(at('absent'), '/usr/bin'), []);
  const self = file('self', `#!${at('self')}\n`);
  assert.deepEqual(interpretersOf(self, '/usr/bin'), []);
});
