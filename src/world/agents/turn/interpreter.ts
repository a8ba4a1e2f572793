import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { findProgram } from '../../sandbox/environment.ts';
import { kindOf, realPath } from '../../sandbox/paths.ts';

const DEEPEST = 4;
const HEAD_BYTES = 4096;

/** The programs that run a program: the interpreter of a script, what a wrapper starts, and theirs; each once. */
export function interpretersOf(file: string, path: string): readonly string[] {
  const found: string[] = [];
  let next = [file];
  for (let depth = 0; depth < DEEPEST && next.length > 0; depth += 1) {
    next = next.flatMap((each) => startedBy(each, path)).filter((each) => each !== file && !found.includes(each));
    found.push(...next);
  }
  return [...new Set(found)];
}

function startedBy(file: string, path: string): readonly string[] {
  const head = headOf(file);
  if (!head.startsWith('#!')) return [];
  const [line = ''] = head.slice(2).split('\n');
  const words = line.trim().split(/\s+/u);
  const [program = '', ...rest] = words;
  const interpreter =
    basename(program) === 'env' ? rest.find((word) => !word.startsWith('-') && !word.includes('=')) : program;
  // Wrappers of package managers: a shell that starts a program by its whole path.
  const wrapped = /^'''exec' "?(?<python>\/[^"'\n]+?)"? |^\s*exec "?(?<program>\/[^"'\s$]+)/mu.exec(head)?.groups;
  return [interpreter, wrapped?.['python'], wrapped?.['program']].flatMap((name) => {
    if (name === undefined || name === '') return [];
    const at = isAbsolute(name) ? name : findProgram(name, path);
    return at !== null && kindOf(at) === 'file' ? [at] : [];
  });
}

function headOf(file: string): string {
  const real = realPath(file);
  if (real === null || kindOf(real) !== 'file') return '';
  try {
    const fd = openSync(real, 'r');
    try {
      const bytes = Buffer.alloc(HEAD_BYTES);
      return bytes.toString('latin1', 0, readSync(fd, bytes, 0, HEAD_BYTES, 0));
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}

/** Folders an interpreter needs besides its own file: the environment it belongs to, and what that was made from. */
export function prefixesOf(interpreter: string): readonly string[] {
  const prefixes: string[] = [];
  for (const file of new Set([interpreter, realPath(interpreter) ?? interpreter])) {
    const prefix = dirname(dirname(file));
    const base = venvBase(prefix);
    if (base !== null) prefixes.push(prefix, dirname(base));
    else if (isPrefix(prefix, file)) prefixes.push(prefix);
  }
  return prefixes;
}

/** `home` of a virtual environment of Python; null for any other folder. */
function venvBase(prefix: string): string | null {
  try {
    const home = /^home\s*=\s*(.+)$/mu.exec(readFileSync(join(prefix, 'pyvenv.cfg'), 'utf8'))?.[1]?.trim();
    return home !== undefined && isAbsolute(home) ? (realPath(home) ?? home) : null;
  } catch {
    return null;
  }
}

/** `<prefix>/bin/<program>` of something installed; `~/.local` holds the data of every program, too. */
const isPrefix = (prefix: string, file: string): boolean =>
  basename(dirname(file)) === 'bin' &&
  basename(prefix) !== '.local' &&
  prefix !== '/' &&
  ['lib', 'lib64', 'libexec'].some((name) => kindOf(join(prefix, name)) === 'directory');
