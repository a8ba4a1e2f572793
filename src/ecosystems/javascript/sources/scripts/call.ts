import type { ScriptCall, Scripts } from '../../../../domain/project/project-rules.ts';

const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);
/** Options that stand alone and do not change which script runs. */
const QUIET = /^(?:-s|--silent|--if-present|--bun)$/;
/** Another package, or several. */
const ELSEWHERE =
  /^(?:-w|--workspace|--workspaces|-ws|-r|--recursive|-F|--filter|-C|--dir|--cwd|--prefix|--top-level|-T)(?:=|$)/;

/** The package script an argv runs: `npm test`, `npm run x`, `pnpm x`, `yarn x`, `node --run x`; null for anything else. */
export function scriptCall(argv: readonly string[]): ScriptCall | null {
  const [manager = '', ...given] = argv;
  if (manager === 'node') return given[0] === '--run' && given[1] ? { name: given[1], args: given.slice(2) } : null;
  if (!MANAGERS.has(manager)) return null;
  const divider = given.indexOf('--');
  if ((divider < 0 ? given : given.slice(0, divider)).some((word) => ELSEWHERE.test(word))) return null;
  const [verb = '', ...words] = afterQuiet(given);
  if (verb.startsWith('-')) return null;
  if (['run', 'run-script', 'rum', 'urn'].includes(verb)) {
    const [name, ...args] = afterQuiet(words);
    return name === undefined || name.startsWith('-') ? null : { name, args: handedOn(manager, args) };
  }
  if (manager === 'npm')
    return ['test', 't', 'tst'].includes(verb) ? { name: 'test', args: handedOn(manager, words) } : null;
  return manager === 'bun' || verb === '' ? null : { name: verb, args: words };
}

function afterQuiet(words: readonly string[]): readonly string[] {
  const from = words.findIndex((word) => !QUIET.test(word));
  return from < 0 ? [] : words.slice(from);
}

/** npm keeps options in front of `--` for itself. */
const handedOn = (manager: string, words: readonly string[]): readonly string[] => {
  const divider = words.indexOf('--');
  if (manager !== 'npm') return words;
  return divider < 0
    ? words.filter((word) => !word.startsWith('-'))
    : [...words.slice(0, divider).filter((word) => !word.startsWith('-')), ...words.slice(divider + 1)];
};

/** `yarn jest`: managers other than npm start an installed program where there is no script of its name. */
export const programOf = (
  [manager]: readonly string[],
  { name, args }: ScriptCall,
  scripts: Scripts,
): readonly string[] | null =>
  manager === 'npm' || manager === 'node' || Object.hasOwn(scripts, name) ? null : [name, ...args];

/** npm hands on what stands behind `--`. For `pnpm test --x` an option is one of pnpm, and one that it does not know an error. */
export function passesOn([manager = '', verb]: readonly string[]): 'divided' | 'end' | 'no' | null {
  if (manager === 'npm') return 'divided';
  if (manager === 'pnpm' && verb !== 'run') return 'no';
  return MANAGERS.has(manager) ? 'end' : null;
}

/** `pnpm run "/^test:/"` runs every script that matches, several at once. Null where it is no such call. */
export function matchedBy(
  [manager]: readonly string[],
  { name }: ScriptCall,
  scripts: Scripts,
): readonly string[] | null {
  const pattern = manager === 'pnpm' ? /^\/(.+)\/$/.exec(name)?.[1] : undefined;
  if (pattern === undefined) return null;
  // Names that begin with a text are what people write; the pattern itself comes from a repository and is never run.
  const [, anchor, start, end] = /^(\^?)([\w:.-]*?)(?:\.\*)?(\$?)$/.exec(pattern) ?? [];
  if (start === undefined) return [];
  const all = pattern.includes('.*') || end === '';
  return Object.keys(scripts).filter((key) => {
    if (!all) return anchor ? key === start : key.endsWith(start);
    return anchor ? key.startsWith(start) : key.includes(start);
  });
}
