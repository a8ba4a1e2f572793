import { fromBundle } from '../../../world/gates/readers/bundle.ts';
import { addJunit, readJunit } from '../../../world/gates/readers/junit.ts';
import { collector, invalidReport } from '../../../world/gates/readers/outcomes.ts';
import type { Argv, Injection, InjectRequest, Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import { junitCanary } from '../junit-canary.ts';
import { toldByJvm } from '../classes.ts';
import type { Runner } from '../../../world/gates/runner.ts';

export const maven: Reader = {
  name: 'maven',
  version: ['mvn', '--version'],
  reach: 'environment',
  variable: 'MAVEN_OPTS',
  // Surefire and failsafe have no setting for the folder, but one for the end of each name. They write the files themselves, in
  // the process of Maven: the tests run in another.
  report: 'checkout',
  reporter: null,
  recognise(program, args) {
    if (program !== 'mvn' && program !== 'mvnw' && program !== 'mvnd') return null;
    const runs = args.some((arg) =>
      /^(?:test|package|verify|install|integration-test|(?:[\w.-]+:)?(?:maven-)?(?:surefire|failsafe)(?:-plugin)?(?::[\w.-]+)?:\w+)$/.test(
        arg,
      ),
    );
    return runs && !args.some((arg) => /^-D(?:skipTests|maven\.test\.skip)(?:=true)?$/.test(arg)) ? { args } : null;
  },
  inject,
  read,
};

/** Classes from the last to the first, and the methods of JUnit 5 by chance, the same each time. JUnit 4 has one order of methods. */
const ORDER: readonly string[] = [
  '-Dsurefire.runOrder=reversealphabetical',
  '-Djunit.jupiter.testmethod.order.default=org.junit.jupiter.api.MethodOrderer$Random',
  '-Djunit.jupiter.execution.order.random.seed=2',
];

function inject({ argv, env, reporterName, reordered }: InjectRequest): Injection {
  const [program, ...args] = argv;
  const isMaven = /(?:^|\/)mvn[wd]?$/.test(program);
  const order = reordered && isMaven ? ORDER : [];
  // Every module has to have its say, also after one that failed.
  const goesOn =
    isMaven &&
    !args.some((arg) => ['-fae', '--fail-at-end', '-ff', '--fail-fast', '-fn', '--fail-never'].includes(arg));
  const words: Argv = [program, ...args, ...(goesOn ? ['--fail-at-end'] : []), ...order];
  return {
    argv: words,
    ...(order.length > 0 ? { reordered } : {}),
    env: {
      ...env,
      MAVEN_OPTS: [env['MAVEN_OPTS'] ?? '', `-Dsurefire.reportNameSuffix=${reporterName}`].join(' ').trim(),
    },
  };
}

function read(report: string): ReadResult {
  const files = fromBundle(report);
  if (files === null) return invalidReport('the report is no bundle of files');
  const tests = collector();
  for (const { path, text } of files) {
    if (!/(?:^|\/)TEST-[^/]*$/.test(path)) continue;
    const found = readJunit(text);
    if (found.kind === 'invalid') return invalidReport(`${path}: ${found.detail}`);
    const module = /^(.*?)\/?target\//.exec(path)?.[1] ?? '';
    const where = module === '' ? '' : `${module} > `;
    for (const { classname, name, outcome } of found.cases)
      addJunit(tests, where, classname.replace(/\(omk_\w+\)$/, ''), name, outcome);
  }
  return tests.result();
}

export const runner: Runner = { reader: toldByJvm(maven), canary: junitCanary };
