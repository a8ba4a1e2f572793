import type { GateSpec } from '../gates/gate.ts';
import type { RepoPath } from '../ids.ts';

const SHELL = /(^|\/)(sh|bash|zsh|dash|ksh|pwsh|powershell)(\.exe)?$/;
const SHELL_SCRIPT = /\.(sh|bash|zsh|ps1|cmd|bat)$/;
/** Names of programs whose work is to check. */
const CHECKER = /(verif|check|test|spec|valid|lint|assert|smoke|e2e|accept)/i;
/** Folders of programs that work on a project rather than being it. */
const TOOLING = /^(\.?ci|scripts?|tools?|hack|\.github)\//;

/** Names of programs that make what is tested. */
const BUILDER = /(^|\/)[^/]*(build|compile|bundle|generat|codegen|prepare)[^/]*$/i;

/** Whether a gate starts this file, as its program, as a shell script, or out of a folder of tooling. */
export const isStartedBy = (gate: GateSpec, path: RepoPath): boolean =>
  startedBy(gate, path) || startedBehind(gate, path);

/** Behind a package script or a target of make, where programs of the product are started too. */
const startedBehind = ({ starts = [] }: GateSpec, path: RepoPath): boolean =>
  starts.includes(path) && (TOOLING.test(path) || SHELL_SCRIPT.test(path) || BUILDER.test(path));

function startedBy(gate: GateSpec, path: RepoPath): boolean {
  const words = gate.argv.flatMap((word) => word.split(/[\s;&|()<>'"]+/)).filter((word) => word !== '');
  return words.some((word, index) => {
    const local = word.replace(/^(\.\/)+/, '');
    if ((gate.cwd === '.' ? local : `${gate.cwd}/${local}`) !== path) return false;
    return (
      index === 0 ||
      CHECKER.test(path) ||
      SHELL.test(words[index - 1] ?? '') ||
      SHELL_SCRIPT.test(path) ||
      TOOLING.test(path)
    );
  });
}
