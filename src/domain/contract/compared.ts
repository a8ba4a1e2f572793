import type { GateSpec } from '../gates/gate.ts';
import type { RepoPath } from '../ids.ts';

/** Programs that compare two texts, with their operands up to the end of the command. */
const COMPARES = /(?:^|[\s|;&('"/])(?:diff|cmp|comm|sdiff|colordiff|icdiff|wdiff)\s([^|;&\n]*)/g;
/** Lists of what files must hold. */
const LISTS =
  /(?:^|[\s|;&('"/])(?:(?:sha\d*|md5|b2)sum\s+(?:-\S+\s+)*(?:-c|--check)|grep\s+(?:-\S+\s+)*-\w*f)\s+([^\s|;&'"]+)/g;
const INNER = /<\([^)]*\)/g;
const EXPECTED = /(?:expect|golden|want|snapshot|reference|baseline|approved|correct)/i;

/** Whether a command of a gate compares with this file: then it is what the gate expects, not what it judges. */
export const isComparedWith = ({ argv, cwd }: GateSpec, path: RepoPath): boolean =>
  argv.some((text) => isExpectedIn(text === argv[0] ? argv.join(' ') : text, cwd, path));

function isExpectedIn(text: string, cwd: string, path: RepoPath): boolean {
  const isPath = (word: string): boolean => {
    const local = word.replace(/^['"]|['"]$/g, '').replace(/^(?:\.\/)+/, '');
    return (cwd === '.' ? local : `${cwd}/${local}`) === path;
  };
  if ([...text.matchAll(LISTS)].some(([, file = '']) => isPath(file))) return true;
  return [...text.matchAll(COMPARES)].some(([, rest = '']) => {
    const operands = rest
      .replace(INNER, '-')
      .split(/\s+/)
      .filter((word) => word === '-' || (word !== '' && !word.startsWith('-')));
    // What comes out of a command is compared with the file; of two files, it is the one that is called so.
    return operands.some(isPath) && (operands.length < 2 || operands.includes('-') || EXPECTED.test(path));
  });
}
