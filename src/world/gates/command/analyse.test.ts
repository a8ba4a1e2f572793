import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { analyse } from './analyse.ts';
import { scan } from './scan.ts';

const found = (line: string, scripts: Record<string, string> = {}): string => {
  const analysis = analyse(scan(line).commands[0] ?? [], scripts);
  return analysis === null ? 'none' : `${analysis.runner.reader} ${analysis.append}`;
};

test('runners are recognised through their usual wrappers', () => {
  assert.equal(found('node --test test/'), 'node-test direct');
  assert.equal(found('node --import tsx --test'), 'node-test direct');
  assert.equal(found('tsx --test'), 'node-test direct');
  assert.equal(found('node a.test.js'), 'node-test direct');
  assert.equal(found('vitest'), 'vitest direct');
  assert.equal(found('npx --yes vitest run src'), 'vitest direct');
  assert.equal(found('./node_modules/.bin/vitest run'), 'vitest direct');
  assert.equal(found('pytest -q'), 'pytest direct');
  assert.equal(found('python3.11 -m pytest'), 'pytest direct');
  assert.equal(found('uv run pytest'), 'pytest direct');
  assert.equal(found('poetry run python -m pytest'), 'pytest direct');
  assert.equal(found('coverage run -m pytest'), 'pytest direct');
  assert.equal(found('python -m coverage run -m pytest'), 'pytest direct');
  assert.equal(found('c8 node --test'), 'node-test direct');
  assert.equal(found('go test ./...'), 'go-test direct');
  assert.equal(found('cargo +nightly test --workspace'), 'cargo-test direct');
  assert.equal(found('uv run python -m unittest discover'), 'unittest direct');
});

test('what is no test runner, or does not run tests once, is none', () => {
  for (const line of [
    'cargo build',
    'cargo test --no-run',
    'vitest bench',
    'vitest watch',
    'vitest --watch',
    'go vet ./...',
    'node --version',
    'python3 setup.py pytest',
    'jest',
    'echo vitest',
    'python -m coverage report',
  ]) {
    assert.equal(found(line), 'none', line);
  }
});

test('package scripts are looked into', () => {
  const scripts = {
    test: 'node --test',
    unit: 'vitest run',
    chain: 'tsc && vitest run',
    middle: 'vitest run && eslint .',
    env: 'NODE_ENV=test vitest run',
  };
  assert.equal(found('npm test', scripts), 'node-test npm');
  assert.equal(found('npm t', scripts), 'node-test npm');
  assert.equal(found('npm -s test', scripts), 'node-test npm');
  assert.equal(found('npm run unit', scripts), 'vitest npm');
  assert.equal(found('pnpm unit', scripts), 'vitest script');
  assert.equal(found('yarn test', scripts), 'node-test script');
  assert.equal(found('bun run unit', scripts), 'vitest script');
  assert.equal(found('npm run chain', scripts), 'vitest npm');
  assert.equal(found('npm run middle', scripts), 'vitest no');
  assert.equal(found('npm run env', scripts), 'vitest npm');
  assert.equal(found('npm run missing', scripts), 'none');
  assert.equal(found('npm --prefix x test', scripts), 'none');
});

test('a script of scripts has one runner or none', () => {
  assert.equal(found('npm test', { test: 'npm run lint && npm run unit', lint: 'eslint .', unit: 'node --test' }), 'node-test no');
  assert.equal(found('npm test', { test: 'npm run a && npm run b', a: 'node --test a', b: 'node --test b' }), 'none');
  assert.equal(found('npm test', { pretest: 'node --test a', test: 'node --test b' }), 'none');
  assert.equal(found('npm test', { test: 'npm test' }), 'none');
  assert.equal(found(`sh -c 'cd x && python3 -m pytest'`), 'pytest no');
});

test('scripts that call each other without end are no runner, and end', () => {
  const all = Array.from({ length: 200 }, () => 'npm test').join(' && ');
  assert.equal(found('npm test', { test: `${all} && node --test` }), 'none');
});

test('property: no argv and no scripts make it throw', () => {
  const words = fc.array(
    fc.oneof(fc.constantFrom('npm', 'run', 'test', 'node', '--test', '-m', 'pytest', 'sh', '-c', '&&', 'npx', 'vitest'), fc.string()),
  );
  fc.assert(
    fc.property(words, fc.dictionary(fc.string(), fc.string()), (argv, scripts) => {
      analyse(argv, scripts);
    }),
  );
});
