import type { LanguageRules } from '../../../domain/contract/language-rules.ts';

export const languages: readonly LanguageRules[] = [
  {
    files: /\.[cm]?[jt]sx?$/,
    loaded: 'by_name',
    inTests: 'tests',
    additions: {
      startsTest: [/^\s*(test|it|describe|suite)\(/],
      holdsTests: /^\s*(describe|suite|context)\(.*(\{|=>)\s*$/,
      lineComment: /^\s*\/\//,
      brackets: true,
      imports: {
        listed: [
          new RegExp(
            String.raw`^(?<head>import\s+(?:type\s+)?)(?:(?<first>\w+)(?:\s*,\s*|\s+(?=from\b)))?(?:\{(?<names>[^{}]*)\}\s*)?` +
              String.raw`(?<tail>from\s*(?<quote>['"])[^'"]+\k<quote>\s*;?)$`,
          ),
          /^(?<head>(?:const|let|var)\s*)\{(?<names>[\w\s,:]*)\}(?<tail>\s*=\s*require\((?<quote>['"])[^'"]+\k<quote>\)\s*;?)$/,
        ],
        single: [
          /^import\s+(?:type\s+)?\*\s+as\s+(?<names>\w+)\s+from\s*['"][^'"]+['"]\s*;?$/,
          /^(?:const|let|var)\s+(?<names>\w+)\s*=\s*require\(['"][^'"]+['"]\)\s*;?$/,
        ],
        open: [
          { begins: /^import\s+(?:type\s+)?(?:\w+\s*,\s*)?\{[^{}]*$/, ends: /^[\w\s,]*\}/ },
          { begins: /^(?:const|let|var)\s*\{[\w\s,:]*$/, ends: /^[\w\s,:]*\}\s*=\s*require\(/ },
        ],
      },
    },
  },
  { files: /\.(?:vue|svelte)$/, loaded: 'by_name', inTests: 'neither' },
];
