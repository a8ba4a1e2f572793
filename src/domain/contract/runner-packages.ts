import { RULES } from '../../ecosystems/rules.ts';

const NAMES = Object.entries(RULES).flatMap(([ecosystem, { runnerPackages }]) =>
  runnerPackages === '' ? [] : [{ ecosystem, runnerPackages }],
);
// A name ends where a version, a quote or a bracket begins. Before it stands nothing that would make it another name.
const NAMED = new RegExp(
  `(?:^|[\\s"'/:[(,=>{])(?:${NAMES.map(({ runnerPackages }) => runnerPackages).join('|')})(?=$|[\\s"'@:=<>~!;,\\])}/[])`,
);
const NAMED_IN = new Map<string, RegExp>(
  NAMES.map(({ ecosystem, runnerPackages }) => [ecosystem, new RegExp(`^(?:${runnerPackages})$`)]),
);

/** Whether a line of a manifest or lock file names a package that runs tests or makes the assertions, in any language. */
export const namesRunner = (line: string): boolean => NAMED.test(line);

/** Whether a package of one ecosystem is one of them. */
export const isRunnerOf = (ecosystem: string, name: string): boolean => NAMED_IN.get(ecosystem)?.test(name) === true;
