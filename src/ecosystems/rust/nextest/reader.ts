import { startedBy } from '../cargo-test/reader.ts';
import { readLibtest, shownLibtest } from '../libtest.ts';
import type { Argv, Injection, InjectRequest, Reader } from '../../../world/gates/readers/port.ts';
import { cargoTestCanary } from '../cargo-test/canary.ts';
import type { Runner } from '../../../world/gates/runner.ts';

/** Written after its documentation (https://nexte.st/docs/machine-readable/libtest-json). */
export const nextest: Reader = {
  name: 'nextest',
  version: ['cargo', 'nextest', '--version'],
  reach: 'argv',
  report: 'stdout',
  // The script of cargo test sees to it that a test which ends its process has not passed.
  reporter: { file: 'cargo-test.sh', extension: '' },
  recognise(program, words) {
    if (program !== 'cargo' && program !== 'cargo-nextest') return null;
    const [command, verb, ...args] = words[0]?.startsWith('+') ? words.slice(1) : words;
    return command === 'nextest' && (verb === 'run' || verb === 'r') && !args.includes('--no-run') ? { args } : null;
  },
  inject,
  read: (text) => readLibtest(text, (_, name) => name.replace('$', '::'), { omk: 'program', package: 'nextest' }),
  human: shownLibtest,
};

function inject({ argv, env, injectDir, reporterName, reordered }: InjectRequest): Injection {
  const [program, ...args] = argv;
  const at = args.findIndex((arg, index) => (arg === 'run' || arg === 'r') && args[index - 1] === 'nextest');
  if (at < 0) return { argv, env };
  const goesOn = args.includes('--no-fail-fast') ? [] : ['--no-fail-fast'];
  const words: Argv = [
    program,
    ...args.slice(0, at + 1),
    '--message-format',
    'libtest-json',
    ...goesOn,
    ...args.slice(at + 1),
  ];
  return {
    argv: words,
    // Each test is a process of its own: none leans on another.
    ...(reordered ? { reordered } : {}),
    env: { ...env, ...startedBy(`${injectDir}/${reporterName}`), NEXTEST_EXPERIMENTAL_LIBTEST_JSON: '1' },
  };
}

export const runner: Runner = { reader: nextest, canary: cargoTestCanary };
