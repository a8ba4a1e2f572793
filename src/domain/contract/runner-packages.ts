import { RULES } from '../../ecosystems/rules.ts';

const NAMES = Object.values(RULES)
  .map(({ runnerPackages }) => runnerPackages)
  .filter((names) => names !== '');
// A name ends where a version, a quote or a bracket begins. Before it stands nothing that would make it another name.
const NAMED = new RegExp(`(?:^|[\\s"'/:[(,=>{])(?:${NAMES.join('|')})(?=$|[\\s"'@:=<>~!;,\\])}/[])`);

/** Whether a line of a manifest or lock file names a package that runs tests or makes the assertions, in any language. */
export const namesRunner = (line: string): boolean => NAMED.test(line);
