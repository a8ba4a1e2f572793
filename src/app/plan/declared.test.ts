import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTHING_DECLARED } from '../../domain/commands/declared-entries.ts';
import { declaredIn } from './declared.ts';

test('manifests in TOML say which programs there are, and nothing where they cannot be read', () => {
  const found = declaredIn(
    new Map([
      ['pyproject.toml', '[project]\nname = "x"\n[project.scripts]\ntool = "tool.cli:main"\n'],
      ['Cargo.toml', '[package]\nname = "tool"\n[[bin]]\nname = "a"\npath = "src/a.rs"\n[[bin]]\nname = "b"\n'],
    ]),
  );
  assert.deepEqual(found, {
    scripts: [['tool', 'tool.cli:main']],
    bins: [
      { name: 'a', path: 'src/a.rs' },
      { name: 'b', path: 'src/bin/b.rs' },
    ],
    crate: 'tool',
  });
  for (const text of ['', '[', '[project]\nscripts = 1\n', '[package]\nname = 1\n'])
    assert.deepEqual(
      declaredIn(
        new Map([
          ['pyproject.toml', text],
          ['Cargo.toml', text],
        ]),
      ),
      NOTHING_DECLARED,
    );
});
