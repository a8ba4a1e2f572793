import { checks } from './checks.ts';
import type { LanguageRules } from '../../../domain/contract/language-rules.ts';
import { testsInside } from './modules.ts';

export const languages: readonly LanguageRules[] = [
  {
    files: /\.rs$/,
    loaded: 'compiled',
    inTests: 'tests',
    checks,
    standForFolder: ['mod'],
    additions: {
      startsTest: [/^\s*#\[(\w+::)*(test|should_panic|ignore)\b/, /^\s*(async\s+)?fn\s+\w+\s*\(\s*\)/],
      holdsTests: /^\s*(pub\s+)?mod\s+\w+\s*\{\s*$/,
      defines: /^\s*(?:async\s+)?fn\s+(\w+)/,
      lineComment: /^\s*\/\//,
      brackets: true,
      imports: {
        listed: [/^(?<head>\s*use\s+(?:\w+::)+)(?:\{(?<names>[\w\s,]*)\}|(?<first>\w+))(?<tail>;)$/],
        single: [],
        open: [{ begins: /^\s*use\s+(?:\w+::)+\{[\w\s,]*$/, ends: /^[\w\s,]*\};/ }],
      },
    },
    testsInside,
    holdsTest: isOfModule,
  },
];

/** `crate/program::module::name`: a file below `src` is a module, one below `tests` a program. */
function isOfModule(id: string, path: string): boolean {
  const [program = '', ...names] = id.split('::');
  const own = /(?:^|\/)tests\/([^/]+?)(?:\/main)?\.rs$/.exec(path)?.[1];
  if (own !== undefined) return program.endsWith(`/${own}`) || names[0] === own;
  const parts = /(?:^|\/)src\/(.+)\.rs$/.exec(path)?.[1]?.split('/') ?? null;
  if (parts === null) return false;
  if (/^(?:lib|main|mod)$/.test(parts.at(-1) ?? '')) parts.pop();
  return parts.length > 0 && names.slice(0, parts.length).join('::') === parts.join('::');
}
