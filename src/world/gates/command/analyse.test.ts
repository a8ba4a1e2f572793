import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { analyse } from './analyse.ts';
import { scan } from './scan.ts';

const found = (line: string, scripts: Record<string, string> = {}): string => {
  const analysis = analyse(scan(line).commands[0] ?? [], { scripts });
  return analysis === null ? 'none' : `${analysis.runner.reader} ${analysis.append}`;
};

test('runners are recognised through their usual wrappers', () => {
  assert.equal(found('node --test test/'), 'node-test direct');
  assert.equal(found('node --import tsx --test'), 'node-test direct');
  assert.equal(found('tsx --test'), 'node-test direct');
  assert.equal(found('pnpm bnt --coverage 100'), 'node-test script');
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
  assert.equal(found('python manage.py test polls'), 'unittest direct');
  assert.equal(found('./manage.py test'), 'unittest direct');
  assert.equal(found('coverage run --branch site/manage.py test'), 'unittest direct');
  assert.equal(found('poetry run python manage.py test'), 'unittest direct');
});

test('recipes of just are looked into, with those that come first', () => {
  const justfile =
    'set shell := ["sh"]\n\nbuild:\n    cargo build\n\n# tests\n@test *args: build && lint\n' +
    '    cargo test {{args}}\n\nlint:\n    cargo clippy\n';
  const runner = (...argv: readonly string[]): unknown => {
    const found = analyse(argv, { scripts: {}, justfile });
    return found && [found.runner.reader, found.append, found.beside];
  };
  assert.deepEqual(runner('just', 'test'), ['cargo-test', 'no', ['cargo build', 'cargo clippy']]);
  assert.equal(runner('just', 'lint'), null);
  assert.equal(runner('just'), null);
  assert.equal(runner('just', '--justfile', 'other', 'test'), null);
});

test('uvu, jasmine and QUnit are runners by their program, or by a script that shows them', () => {
  assert.equal(found('uvu -r esm test'), 'uvu direct');
  assert.equal(found('nyc jasmine --config=jasmine.json'), 'jasmine direct');
  assert.equal(found('jasmine init'), 'none');
  assert.equal(found('npx qunit test/'), 'qunit direct');
  assert.equal(found('qunit --watch'), 'none');
  const shown = analyse(
    ['node', '-r', 'esm', 'test/all.js'],
    { scripts: {} },
    ({ entry }) => entry?.shows.test("import { test } from 'uvu';") ?? false,
  );
  assert.deepEqual([shown?.runner.reader, shown?.entries], ['uvu', ['test/all.js']]);
});

test('JavaScript runners, their wrappers, and programs started by hand', () => {
  const args = (line: string): string => {
    const runner = analyse(scan(line).commands[0] ?? [], { scripts: {} })?.runner;
    return runner ? [runner.reader, ...runner.args].join(' ') : 'none';
  };
  assert.equal(args('jest --ci'), 'jest --ci');
  assert.equal(args('jest --watchAll=false'), 'jest --watchAll=false');
  assert.equal(args('react-scripts test --watchAll=false'), 'jest --watchAll=false');
  assert.equal(args('cross-env CI=1 jest'), 'jest');
  assert.equal(args('npx jest'), 'jest');
  assert.equal(args('npx -p jest jest x'), 'jest jest x');
  assert.equal(args('npm exec jest'), 'jest');
  assert.equal(args('npm exec -- jest a'), 'jest a');
  assert.equal(args('pnpm exec mocha a'), 'mocha a');
  assert.equal(args('yarn jest a'), 'jest a');
  assert.equal(args('pnpm run ava'), 'ava');
  assert.equal(args('npm run jest'), 'none');
  assert.equal(args('c8 mocha test'), 'mocha test');
  assert.equal(args('c8 --reporter text mocha test'), 'mocha test');
  assert.equal(args('nyc --reporter=lcov --all ava'), 'ava');
  assert.equal(args('node --experimental-vm-modules node_modules/jest/bin/jest.js a'), 'jest a');
  assert.equal(args('node node_modules/.bin/mocha'), 'mocha');
  assert.equal(args('node -r esm ./node_modules/mocha/bin/_mocha'), 'mocha');
  assert.equal(args('node node_modules/@playwright/test/cli.js test a'), 'playwright a');
  assert.equal(args('npx playwright test --project one'), 'playwright --project one');
});

test('arguments that a manager hands on belong to the runner', () => {
  const args = (line: string): readonly string[] | undefined =>
    analyse(scan(line).commands[0] ?? [], {
      scripts: {
        test: 'npm run lint && npm run unit -- b',
        lint: 'eslint .',
        unit: 'pre && jest a',
        one: 'jest a',
      },
    })?.runner.args;
  assert.deepEqual(args('npm test'), ['a', 'b']);
  assert.deepEqual(args('npm run one -- --bail c'), ['a', '--bail', 'c']);
  assert.deepEqual(args('npm run one --silent c'), ['a', 'c']);
  assert.deepEqual(args('yarn one -t x'), ['a', '-t', 'x']);
});

test('variables that a command sets are known, but for those it only adds to', () => {
  const sets = (line: string): readonly string[] | undefined =>
    analyse(['sh', '-c', line], { scripts: {} })?.runner.sets;
  assert.deepEqual(sets('NODE_OPTIONS=--x A=1 jest'), ['NODE_OPTIONS', 'A']);
  assert.deepEqual(sets('cross-env NODE_OPTIONS=--x jest'), ['NODE_OPTIONS']);
  assert.deepEqual(sets('NODE_OPTIONS="$NODE_OPTIONS --x" jest'), []);
  assert.deepEqual(sets('NODE_OPTIONS="${NODE_OPTIONS} --x" jest'), []);
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
    'python manage.py migrate',
    'python manage.py test --testrunner=own.Runner',
    'python -m tool manage.py test',
    'echo vitest',
    'jest --watch',
    'jest --watchAll',
    'jest --listTests',
    'jest -- src',
    'mocha --dry-run',
    'mocha -w',
    'ava --watch',
    'ava debug',
    'playwright install',
    'playwright test --list',
    'react-scripts build',
    'nyc report --reporter=text',
    'npx eslint mocha',
    'node node_modules/eslint/bin/eslint.js jest',
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
  assert.equal(found('npm test', scripts), 'node-test divided');
  assert.equal(found('npm t', scripts), 'node-test divided');
  assert.equal(found('npm -s test', scripts), 'node-test divided');
  assert.equal(found('npm run unit', scripts), 'vitest divided');
  assert.equal(found('pnpm run unit', scripts), 'vitest script');
  assert.equal(found('pnpm unit', scripts), 'vitest no');
  assert.equal(found('pnpm test', scripts), 'node-test no');
  assert.equal(found('yarn test', scripts), 'node-test script');
  assert.equal(found('bun run unit', scripts), 'vitest script');
  assert.equal(found('npm run chain', scripts), 'vitest divided');
  assert.equal(found('npm run middle', scripts), 'vitest no');
  assert.equal(found('npm run env', scripts), 'vitest divided');
  assert.equal(found('npm run missing', scripts), 'none');
  assert.equal(found('npm --prefix x test', scripts), 'none');
});

test('a script of scripts has one runner or none', () => {
  assert.equal(
    found('npm test', { test: 'npm run lint && npm run unit', lint: 'eslint .', unit: 'node --test' }),
    'node-test no',
  );
  assert.equal(found('npm test', { test: 'npm test' }), 'none');
});

/** Reader and how often it is started, with what runs beside it. */
const steps = (line: string, scripts: Record<string, string>, makefile?: string): string => {
  const context = makefile === undefined ? { scripts } : { scripts, makefile };
  const analysis = analyse(scan(line).commands[0] ?? [], context, ({ entry }) => entry?.path.includes('test') === true);
  return analysis === null ? 'none' : [`${analysis.runner.reader} ${analysis.runs}`, ...analysis.beside].join(' | ');
};

test('a runner that is started several times is read each time, and a script that shows no runner is none', () => {
  assert.equal(steps('npm test', { pretest: 'node --test a', test: 'node --test b' }), 'node-test 2');
  assert.equal(
    steps('npm test', { test: 'node scripts/build.js && node --test' }),
    'node-test 1 | node scripts/build.js',
  );
  assert.equal(steps('npm test', { test: 'node scripts/build.js' }), 'none');
  assert.equal(steps('npm test', { test: 'node test/a.js && node test/b.js' }), 'node-test 2');
  assert.equal(
    steps('yarn test', {
      test: 'vitest run && yarn test:build && yarn flow',
      'test:build': 'yarn build && vitest run -c x',
      build: 'tsup',
    }),
    'vitest 2 | tsup | yarn flow',
  );
  assert.equal(
    steps('npm test', {
      test: 'npm run lint && npm run unit && npm run exports',
      lint: 'eslint .',
      unit: 'node fix.js mocha a',
      exports: 'node fix.js mocha b',
    }),
    'mocha 2 | eslint .',
  );
  assert.equal(steps('npm test', { test: 'c8 npm run unit', unit: 'node --test' }), 'node-test 1');
  assert.equal(steps('npm test', { test: 'cross-env A=1 npm run unit', unit: 'jest' }), 'jest 1');
  assert.equal(steps('npm test', { test: 'node --run unit', unit: 'node --test' }), 'node-test 1');
  assert.equal(steps('npm test', { test: 'cd examples && npm test' }), 'none');
  assert.equal(steps('npm test', { test: 'npm test --workspaces' }), 'none');
});

test('behind `cd` the scripts of that folder are looked into', () => {
  const folders = new Map([['packages/a', { test: 'vitest run' }]]);
  const of = (line: string) => analyse(['sh', '-c', line], { scripts: { test: 'jest' }, folders });
  assert.equal(of('turbo run build && cd packages/a && npm test')?.runner.reader, 'vitest');
  assert.equal(of('cd packages/b && npm test'), null);
});

test('of several runners the one that is started most often is read', () => {
  assert.equal(steps('npm test', { test: 'ava && node --test a && node --test b' }), 'node-test 2 | ava');
  assert.equal(steps('npm test', { test: 'mocha && jest' }), 'mocha 1 | jest');
  // Only once can these be told to report.
  assert.equal(steps(`sh -c 'go test ./a && go test ./b'`, {}), 'none');
});

test('what starts several scripts is looked into', () => {
  const scripts = { 'test:a': 'mocha a', 'test:b': 'mocha b', 'test:types': 'tsc', 'test:b:deep': 'mocha c' };
  assert.equal(steps('npm test', { ...scripts, test: 'run-s test:a "test:b"' }), 'mocha 2');
  assert.equal(steps('npm test', { ...scripts, test: 'run-s test:*' }), 'mocha 2 | tsc');
  assert.equal(steps('npm test', { ...scripts, test: 'npm-run-all -s test:**' }), 'mocha 3 | tsc');
  assert.equal(steps('npm test', { ...scripts, test: 'run-p test:a test:types' }), 'mocha 1 | tsc');
  assert.equal(steps('npm test', { ...scripts, test: 'run-p test:*' }), 'none');
  assert.equal(steps('npm test', { ...scripts, test: 'npm-run-all test:a --parallel test:types test:b' }), 'none');
  assert.equal(steps('npm test', { ...scripts, test: 'concurrently npm:test:a "eslint ."' }), 'mocha 1 | eslint .');
  assert.equal(
    steps('pnpm test', { 'test:spec': 'vitest run', 'test:lint': 'eslint', test: 'pnpm run "/^test:.*/"' }),
    'vitest 1 | eslint',
  );
});

test('targets of make are looked into, with what they need and the variables of the file', () => {
  const makefile = `BIN := ./node_modules/.bin
MOCHA = $(BIN)/mocha \\
  --exit
.PHONY: test
all: build
build:
\t@echo building
test: build lint
\t@NODE_ENV=test $(MOCHA) test
lint: ; true
`;
  assert.equal(steps('make test', {}, makefile), 'mocha 1 | echo building');
  assert.equal(steps('npm test', { test: 'make test' }, makefile), 'mocha 1 | echo building');
  assert.equal(steps('make', {}, makefile), 'none');
  assert.equal(steps('make -C other test', {}, makefile), 'none');
});

test('arguments reach the last command of a text for a shell, where nothing takes them away from it', () => {
  assert.equal(found(`sh -c 'cd x && python3 -m pytest'`), 'pytest shell');
  for (const text of [
    'python3 -m pytest | tee log',
    'python3 -m pytest; true',
    '(python3 -m pytest)',
    'python3 -m pytest # all',
  ])
    assert.equal(found(`sh -c '${text}'`), 'pytest no');
});

test('scripts that call each other without end are no runner, and end', () => {
  const all = Array.from({ length: 200 }, () => 'npm test').join(' && ');
  assert.equal(found('npm test', { test: `${all} && node --test` }), 'none');
});

test('property: no argv and no scripts make it throw', () => {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom('npm', 'run', 'test', 'node', '--test', '-m', 'pytest', 'sh', '-c', '&&', 'npx', 'vitest'),
      fc.string(),
    ),
  );
  fc.assert(
    fc.property(words, fc.dictionary(fc.string(), fc.string()), (argv, scripts) => {
      analyse(argv, { scripts, makefile: Object.values(scripts).join('\n') });
    }),
  );
});
