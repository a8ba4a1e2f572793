import { readLibtest, shownLibtest, type Place } from '../libtest.ts';
import type { Injection, InjectRequest, Reader } from '../../../world/gates/readers/port.ts';
import { cargoTestCanary } from './canary.ts';
import type { Runner } from '../../../world/gates/runner.ts';

/** Hosts that a program may be built for, as cargo writes them in the name of a variable. */
const HOSTS = ['X86_64', 'AARCH64'].flatMap((cpu) => [
  `${cpu}_UNKNOWN_LINUX_GNU`,
  `${cpu}_UNKNOWN_LINUX_MUSL`,
  `${cpu}_APPLE_DARWIN`,
]);

export const cargoTest: Reader = {
  name: 'cargo-test',
  version: ['cargo', '--version'],
  reach: 'environment',
  report: 'stdout',
  reporter: { file: 'cargo-test.sh', extension: '' },
  recognise(program, words) {
    if (program !== 'cargo') return null;
    const [command, ...args] = words[0]?.startsWith('+') ? words.slice(1) : words;
    return (command === 'test' || command === 't') && !args.includes('--no-run') ? { args } : null;
  },
  inject,
  read: (text) => readLibtest(text, (at, name) => prefixOf(at) + name),
  human: shownLibtest,
};

/** Has cargo start every program of tests through a script. */
export const startedBy = (script: string): Readonly<Record<string, string>> =>
  Object.fromEntries(HOSTS.map((host) => [`CARGO_TARGET_${host}_RUNNER`, script]));

function inject({ argv, env, injectDir, reporterName, reordered }: InjectRequest): Injection {
  const script = `${injectDir}/${reporterName}`;
  const [program, ...args] = argv;
  const at = program === 'cargo' ? args.findIndex((arg) => arg === 'test' || arg === 't') : -1;
  // Every program has to have its say, also after one that failed.
  const words =
    at < 0 || args.includes('--no-fail-fast')
      ? args
      : [...args.slice(0, at + 1), '--no-fail-fast', ...args.slice(at + 1)];
  return {
    argv: [program, ...words],
    env: {
      ...env,
      ...startedBy(script),
      ...(env['RUSTDOC'] === undefined ? {} : { OMK_RUSTDOC: env['RUSTDOC'] }),
      RUSTDOC: script,
      ...(reordered ? { OMK_SHUFFLED: '1' } : {}),
    },
  };
}

/** `package::` for the programs named like it, `package/program::` for others. Cargo ends a program's name with a hash. */
function prefixOf(at: Place): string {
  if (at.omk === 'documentation') return `${at.package}/doc::`;
  const program = (at.program ?? '').replace(/-[0-9a-f]{16}$/, '');
  return program.replaceAll('-', '_') === at.package.replaceAll('-', '_')
    ? `${at.package}::`
    : `${at.package}/${program}::`;
}

export const runner: Runner = { reader: cargoTest, canary: cargoTestCanary };
