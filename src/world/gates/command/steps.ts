import { justLines } from './just.ts';
import { makeLines } from './make.ts';
import type { ScriptCall, Scripts } from '../../../domain/project/project-rules.ts';
import { matchedBy, programOf, scriptCall, several } from './manifest-scripts.ts';
import { behindWrappers, recognise } from './runner.ts';
import { scan } from './scan.ts';

/** What a command may lead to in one folder of a tree. */
export interface Context {
  readonly scripts: Scripts;
  readonly makefile?: string;
  readonly justfile?: string;
  /** Scripts of packages in other folders, which `cd` may lead to. */
  readonly folders?: ReadonlyMap<string, Scripts>;
}

/** One simple command that a gate comes down to. */
export interface Step {
  readonly words: readonly string[];
  /** Others are started together with it. */
  readonly parallel: boolean;
}

const MAX_DEPTH = 8;
/** Scripts can call each other, and themselves. */
export const MOST_STEPS = 500;

/** The simple commands that an argv comes down to, in the order in which they are started. */
export function stepsOf(argv: readonly string[], context: Context): readonly Step[] {
  const found: Step[] = [];
  walk(argv, { context, found, depth: 0, parallel: false });
  return found;
}

interface At {
  readonly context: Context;
  readonly found: Step[];
  readonly depth: number;
  readonly parallel: boolean;
}

function walk(words: readonly string[], at: At): void {
  if (at.found.length >= MOST_STEPS) return;
  if (at.depth < MAX_DEPTH && expanded(words, { ...at, depth: at.depth + 1 })) return;
  at.found.push({ words, parallel: at.parallel });
}

/** Whether a command only starts others, which were walked then. Wrappers around it change nothing. */
function expanded(words: readonly string[], at: At): boolean {
  for (const inner of behindWrappers(words)) {
    if (!inner.start) continue;
    const lines = leadsTo(inner.words, at);
    if (lines === null) continue;
    for (const run of lines) run();
    return true;
  }
  return false;
}

type Walks = readonly (() => void)[];

function leadsTo(words: readonly string[], at: At): Walks | null {
  const { scripts, makefile, justfile } = at.context;
  const [program = '', ...args] = words;
  const name = program.slice(program.lastIndexOf('/') + 1);
  if ((name === 'sh' || name === 'bash') && args[0] === '-c' && args.length === 2)
    return [() => inText(args[1] ?? '', at)];
  if (name === 'make' || name === 'gmake') {
    const lines = makefile === undefined ? null : makeLines(args, makefile);
    return lines && [() => lines.forEach((line) => inText(line, at))];
  }
  if (name === 'just') {
    const lines = justfile === undefined ? null : justLines(args, justfile);
    return lines && [() => lines.forEach((line) => inText(line, at))];
  }
  const groups = several(words, scripts);
  if (groups !== null)
    return groups.map(({ lines, parallel }) => () => {
      const inside = { ...at, parallel: at.parallel || (parallel && lines.length > 1) };
      for (const line of lines) inText(line, inside);
    });
  const called = scriptCall(words);
  return called === null ? null : inCall(words, called, at);
}

function inCall(words: readonly string[], called: ScriptCall, at: At): Walks | null {
  const { scripts } = at.context;
  const matched = matchedBy(words, called, scripts);
  if (matched !== null)
    return matched.map(
      (name) => () => inScript({ name, args: [] }, { ...at, parallel: at.parallel || matched.length > 1 }),
    );
  const program = programOf(words, called, scripts);
  if (program !== null && recognise(program) !== null) return [() => walk(program, at)];
  return Object.hasOwn(scripts, called.name) ? [() => inScript(called, at)] : null;
}

function inScript({ name, args }: ScriptCall, at: At): void {
  for (const key of [`pre${name}`, name, `post${name}`]) {
    const text = Object.hasOwn(at.context.scripts, key) ? at.context.scripts[key] : undefined;
    if (text !== undefined) inText(text, at, key === name ? args : []);
  }
}

/** `args` come behind the last command. */
function inText(text: string, at: At, args: readonly string[] = []): void {
  const { commands } = scan(text);
  let context = at.context;
  for (const [index, command] of commands.entries()) {
    walk(index === commands.length - 1 ? [...command, ...args] : command, { ...at, context });
    // Behind it lies another package.
    if (command[0] === 'cd' || command[0] === 'pushd')
      context = { scripts: at.context.folders?.get(command[1] ?? '') ?? {} };
  }
}
