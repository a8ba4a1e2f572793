import { ofVersion, setup, type Sign } from '../../../domain/gates/sign.ts';

/** What its tools print where something is missing here, rather than wrong in the code. */
export const signs: readonly Sign[] = [
  ofVersion('Node', /No such built-in module: (node:\w+)/, (name) => `it needs ${name}, which the Node here lacks`),
  ofVersion(
    'Node',
    /\bnode: bad option: (--[\w-]+)|\bnode: (--[\w-]+)(?:=\S*)? is not allowed in NODE_OPTIONS/,
    (name) => `node is started with ${name}, which the Node here does not take`,
  ),
  ofVersion(
    'Node',
    /The requested module ('node:[\w/]+' does not provide an export named '\w+')/,
    (name) => `the Node here is another than it is for: ${name}`,
  ),
  ofVersion(
    'Node',
    /Unknown file extension "(\.[cm]?ts)"/,
    (name) => `it starts a ${name} file with node, which the Node here does not run`,
  ),
  ofVersion(
    'Node',
    new RegExp(
      String.raw`\b((?:Object|Map)\.groupBy|Promise\.(?:withResolvers|try)|Array\.fromAsync|RegExp\.escape|` +
        String.raw`Iterator\.(?:from|concat)|Error\.isError|Math\.sumPrecise|Uint8Array\.from(?:Base64|Hex)|` +
        String.raw`process\.getBuiltinModule) is not a function`,
    ),
    (name) => `it calls ${name}, which the Node here lacks`,
  ),
  {
    what: 'generated',
    pattern: /Failed to resolve entry for package "([^"\n]+)"/,
    says: (name) => `it needs what the build of the package ${name} makes`,
    fix: setup('npm run build', 'packages/a/dist', 'the command and the folders of this project'),
  },
  {
    what: 'tool',
    pattern: /^Could not find '[^'\n]*\uFFFD[^'\n]*'$/m,
    says: () => 'node --test of this version of Node stops where a file has a name that is not UTF-8',
    fix: 'name the tests in the command (node --test test), rename the file, or use Node 22 or later',
  },
];
