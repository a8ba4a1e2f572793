import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { checkGate, exits, gateSpec, measurement, notStarted, shows, type Shown } from '../testing/build.ts';
import { gates, play } from '../testing/ready.ts';
import type { World } from '../testing/simulate.ts';
import { resumes } from '../testing/trust.ts';
import { cannotPassHere, causeOf, missingHere } from './missing-here.ts';
import { lackingHere } from './lacking.ts';

const VERSIONS: readonly (readonly [tail: string, text: string])[] = [
  [
    '[ERROR] Detected Maven Version: 3.8.7 is not in the allowed range [3.9,).',
    'the version of Maven here, 3.8.7 is not in the allowed range [3.9,)',
  ],
  [
    'Detected JDK version 17.0.15 (JAVA_HOME=/usr/lib/jvm/a) is not in the allowed range [21,).',
    'the version of the JDK here, 17.0.15 (JAVA_HOME=/usr/lib/jvm/a) is not in the allowed range [21,)',
  ],
  [
    'Fatal error compiling: error: release version 21 not supported',
    'it is for Java 21, which the JDK here does not know',
  ],
  ['error: invalid source release: 21', 'it is for Java 21, which the JDK here does not know'],
  [
    'Cannot find a Java installation on your machine (Linux) matching: {languageVersion=21, vendor=any}.',
    'it is for Java 21, which is not here',
  ],
  [
    'A has been compiled by a more recent version of the Java Runtime (class file version 65.0)',
    'it uses classes of another Java than the one here',
  ],
  ['Error: No such built-in module: node:sqlite', 'it needs node:sqlite, which the Node here lacks'],
  [
    'node: bad option: --test-isolation=none',
    'node is started with --test-isolation, which the Node here does not take',
  ],
  [
    '/usr/bin/node: --test-reporter is not allowed in NODE_OPTIONS',
    'node is started with --test-reporter, which the Node here does not take',
  ],
  [
    "SyntaxError: The requested module 'node:fs/promises' does not provide an export named 'glob'",
    "the Node here is another than it is for: 'node:fs/promises' does not provide an export named 'glob'",
  ],
  [
    'TypeError [ERR_UNKNOWN_FILE_EXTENSION]: Unknown file extension ".ts" for /a/b.test.ts',
    'it starts a .ts file with node, which the Node here does not run',
  ],
  ['TypeError: Object.groupBy is not a function', 'it calls Object.groupBy, which the Node here lacks'],
  ["ModuleNotFoundError: No module named 'tomllib'", 'it imports tomllib, which the Python here lacks'],
  [
    "ImportError: cannot import name 'Self' from 'typing' (/usr/lib/python3.10/typing.py)",
    'it imports Self, which the Python here lacks',
  ],
  [
    '__main__.py: error: unrecognized arguments: --cov=acme --cov-report\n  inifile: None\n  rootdir: /omk/checkout',
    'pytest does not know --cov=acme here: the plugin that brings it is not installed',
  ],
  [
    'error[E0554]: `#![feature]` may not be used on the stable release channel',
    'it needs a nightly Rust: `#![feature]` may not be used on the stable release channel',
  ],
  ['error: no such command: `nextest`', 'cargo-nextest is not installed here'],
  [
    'CMake 3.30 or higher is required.  You are running version 3.25.1',
    'CMake 3.30 or higher is required. You are running version 3.25.1',
  ],
  [
    'error: package `a v1.0.0` cannot be built because it requires rustc 1.99 or newer, while the currently active rustc version is 1.95.0',
    'it requires rustc 1.99 or newer, while the currently active rustc version is 1.95.0',
  ],
  [
    'go: go.mod requires go >= 1.99 (running go 1.26.8; GOTOOLCHAIN=local)',
    'it requires go >= 1.99 (running go 1.26.8)',
  ],
  [
    "ERROR: Package 'a' requires a different Python: 3.11.7 not in '>=3.12'",
    "the Python here is 3.11.7 not in '>=3.12'",
  ],
  [
    'Your Ruby version is 3.1.2, but your Gemfile specified ~> 3.3',
    'the Ruby version is 3.1.2, but your Gemfile specified ~> 3.3',
  ],
];

const SAID: readonly (readonly [what: string, tail: string])[] = [
  ['git', 'fatal: not a git repository (or any of the parent directories): .git'],
  ['service', 'Error: connect ECONNREFUSED 127.0.0.1:5432'],
  ['service', 'connection to server at "localhost", port 5432 failed: Connection refused'],
  ['service', 'dial tcp 127.0.0.1:6379: connect: connection refused'],
  ['service', 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock'],
  ['network', 'getaddrinfo EAI_AGAIN registry.example'],
  ['network', 'socket.gaierror: [Errno -3] Temporary failure in name resolution'],
  ['network', 'curl: (6) Could not resolve host: a.example'],
  ['network', 'Get "https://a.example": dial tcp: lookup a.example on [::1]:53: read: connection refused'],
  ['network', 'java.net.UnknownHostException: a.example'],
  ['network', '[ERROR]   LoaderTest.redirects:123 » UnknownHost a.example: Temporary failu...'],
  ['network', 'failed to lookup address information: Temporary failure in name resolution'],
  ['locale', 'locale.Error: unsupported locale setting'],
  ['user', "KeyError: 'getpwuid(): uid not found: 1000'"],
  ['clock', 'reason: certificate has expired'],
  ['tool', 'sh: 1: protoc: not found'],
  ['tool', '/bin/sh: line 1: protoc: command not found'],
  ['tool', 'Error: spawn protoc ENOENT'],
  ['tool', "Could not find '/omk/checkout/caf\uFFFD.txt'"],
  ['tool', "error: toolchain '1.70-x86_64-unknown-linux-gnu' is not installed"],
  ['tool', 'ERROR [launcher]: No binary for ChromeHeadless browser on your platform.'],
  ['tool', 'Error: Could not find Chrome (ver. 130.0.6723.58). This can occur if either'],
  ['tool', "browserType.launch: Executable doesn't exist at /home/u/.cache/ms-playwright/chromium-1148/chrome"],
  ['tool', 'The cypress npm package is installed, but the Cypress binary is missing.'],
  ['tool', '/usr/bin/python3: No module named pytest\n'],
  ['generated', "ValueError: Missing staticfiles manifest entry for 'css/styles.css'"],
  ['generated', 'Cannot open file "src/autoload.php".'],
  ['generated', 'Cannot open bootstrap script "/tmp/a/checkout/src/autoload.php"'],
  [
    'generated',
    'Error: Failed to resolve entry for package "@a/core". The package may have incorrect main/module/exports specified',
  ],
  ['tool', 'exec: "protoc": executable file not found in $PATH'],
  ...VERSIONS.map(([tail]) => ['tool', tail] as const),
];

/** What the code does, not what is missing. */
const CODE: readonly string[] = [
  "Error: Cannot find module './parser'",
  'TypeError: groupBy is not a function',
  '__main__.py: error: unrecognized arguments: --fast',
  "SyntaxError: The requested module './a.js' does not provide an export named 'b'",
  "ImportError: cannot import name 'parse' from 'acme'",
  '/usr/bin/python3: No module named acme',
  "ModuleNotFoundError: No module named 'pytest'",
  'AssertionError: expected 1 to equal 2',
  'Error: user not found',
  'element #save: not found in page',
  "FileNotFoundError: [Errno 2] No such file or directory: 'data.csv'",
  'connect ECONNREFUSED 10.0.0.1:80',
];

const red = (tail: string, code = 127): Shown => ({ ...exits(code), tail });

suite('why a gate is red on the base', () => {
  const gate = gateSpec({ reader: 'exit_only', kind: 'command' });
  const cause = (shown: Shown, lacking = false): string | null =>
    causeOf(gate, measurement(shown), lacking ? { detail: 'no lock', lacking: true } : null)?.what ?? null;

  for (const [what, tail] of SAID)
    test(`${what}: ${tail}`, () => assert.equal(cause(red(`before\n${tail}\nafter`)), what));

  test('another version of a program is told as it was printed', () => {
    for (const [tail, text] of VERSIONS) assert.equal(causeOf(gate, measurement(red(tail, 1)), null)?.text, text);
  });

  test('is the code where nothing says otherwise', () => {
    for (const tail of CODE) assert.equal(cause(red(tail, 1)), null, tail);
    assert.equal(cause(red('sh: 1: protoc: not found', 1)), null, 'a shell that went on');
    assert.equal(cause({ ...exits(0), tail: 'connect ECONNREFUSED 127.0.0.1:1' }), null, 'it is green');
  });

  test('is a package that is not installed only where not all could be', () => {
    const tails = [
      "Error: Cannot find module 'left-pad'",
      "ModuleNotFoundError: No module named 'yaml'",
      'sh: 1: xo: not found',
    ];
    for (const tail of tails) assert.equal(cause(red(tail), true), 'dependencies', tail);
    assert.equal(cause(red(tails[0] ?? '')), null, 'an agent may add it');
    assert.equal(cause(red("Error: Cannot find module '../lib'", 1), true), null);
  });

  test('is what both runs say, and nothing where they differ', () => {
    const of = (first: string, second: string): string | null => {
      const { state } = play({
        ...gates(gate),
        measure: ({ round }) => red(round === 1 ? first : second),
      });
      return missingHere(state, gate)?.what ?? null;
    };
    assert.equal(of('sh: 1: protoc: not found', 'sh: 1: protoc: not found'), 'tool');
    assert.equal(of('sh: 1: protoc: not found', 'getaddrinfo EAI_AGAIN x'), null);
    assert.equal(of('sh: 1: protoc: not found', 'oops'), null);
  });
});

suite('a required gate that cannot pass here', () => {
  test('is one that ends well with a report that says otherwise, or without one', () => {
    const contradicts: Shown = { ...shows({ failed: ['is meant to fail'] }), outcome: { kind: 'exited', code: 0 } };
    const texts = (shown: Shown): readonly string[] =>
      cannotPassHere(play({ ...gates(gateSpec()), measure: () => shown }).state).map(({ text }) => text);
    assert.deepEqual(texts(contradicts), [
      'it cannot be measured: exit code 0, but the report has failed tests: is meant to fail',
    ]);
    assert.match(texts(exits(0)).join(' '), /^it cannot be measured: /);
    assert.deepEqual(texts(shows({ failed: ['adds'] })), [], 'the code is to blame');
  });

  const OFFLINE = shows({ failed: ['fetches'] }, { tail: 'getaddrinfo EAI_AGAIN a.example' });
  const test1 = gateSpec();
  const net = gateSpec({ id: 'net' });
  const world = (more: Partial<World> = {}): Partial<World> => ({
    ...gates(test1, net, checkGate()),
    measure: (run) => {
      if (run.gate === 'net')
        return run.canaryBase === null
          ? OFFLINE
          : shows({ failed: ['fetches', 'canary'] }, { canary: { file: 'a.test.js', name: 'canary' } });
      if (run.gate === 'check-1') return exits(run.purpose === 'baseline' ? 1 : 0);
      if (run.canaryBase !== null)
        return shows({ passed: ['adds'], failed: ['canary'] }, { canary: { file: 'a.test.js', name: 'canary' } });
      return run.purpose === 'baseline' ? shows({ failed: ['adds'] }) : shows({ passed: ['adds'] });
    },
    ...more,
  });

  test('is asked about before an agent is started, whatever else is red and whatever the checks', () => {
    const { state } = play(world());
    assert.deepEqual([state.status, state.attempts], ['blocked_on_human', []]);
    const [asked] = state.questions;
    assert.equal(asked?.question.code, 'cannot_run');
    assert.match(
      asked?.question.text ?? '',
      /^Gate net cannot pass here.*network = true for this gate in \.omk\/gates\.toml/,
    );
    assert.deepEqual(lackingHere(state).length, 1);
  });

  test('is asked about also where its own program is among what could not be installed', () => {
    const lacking = { dependencies: { layer: null, detail: 'no registry', lacking: true } } as const;
    const run = (more: Partial<World>) => play({ measure: () => notStarted('tool'), ...more }).state;
    const asked = run(lacking);
    assert.deepEqual([asked.status, asked.attempts], ['blocked_on_human', []]);
    assert.match(asked.questions[0]?.question.text ?? '', /cannot pass here.*nothing is installed: no registry/);
    assert.equal(run({}).status, 'blocked_on_external');
    assert.equal(run({ ...lacking, measure: () => notStarted('sandbox') }).status, 'failed_infra');
    const accepted = run({ ...lacking, answer: () => ({ kind: 'accept' }), whenStopped: resumes(1) });
    assert.notEqual(accepted.status, 'ready');
  });

  test('may stay red where a person says so, and the goal can be reached', () => {
    const run = play(world({ answer: () => ({ kind: 'known_red', gates: ['net'] }), whenStopped: resumes(1) }));
    assert.equal(run.state.status, 'ready');
    assert.deepEqual(
      (run.state.ended?.gaps ?? [])
        .filter(({ code }) => code.includes('RED'))
        .map(({ code, subject }) => [code, subject]),
      [['K_KNOWN_RED', 'net']],
    );
  });

  test('is worked on all the same where a person says so', () => {
    const run = play(world({ answer: () => ({ kind: 'accept' }), whenStopped: resumes(1) }));
    assert.ok(run.state.attempts.length > 0);
  });

  test('is measured anew, and asked about again, where a person mends something', () => {
    let mended = false;
    const { measure } = world();
    const run = play(
      world({
        answer: () => ({ kind: 'retry' }),
        whenStopped: (state) => {
          mended = state.questions.length === 2;
          return state.questions.length > 2 || state.attempts.length > 0 ? 'leave' : 'resume';
        },
        measure: (asked, state) =>
          asked.gate === 'net' && mended ? shows({ passed: ['fetches'] }) : (measure?.(asked, state) ?? OFFLINE),
      }),
    );
    assert.deepEqual(
      run.state.questions.map(({ question }) => question.id),
      ['q-missing-1', 'q-missing-2'],
    );
    assert.ok(run.state.attempts.length > 0);
  });

  test('is not asked about where it is optional, known to be red, or switched off', () => {
    const asked = (more: Partial<World>): number => play(world(more)).state.questions.length;
    assert.equal(asked({ options: { knownRed: ['net'] } }), 0);
    assert.equal(asked(gates(test1, { ...net, required: false }, checkGate())), 0);
  });
});
