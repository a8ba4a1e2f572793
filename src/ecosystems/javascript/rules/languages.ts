import { checks } from './checks.ts';
import { packages } from './own-packages.ts';
import type { LanguageRules } from '../../../domain/contract/language-rules.ts';

const SCRIPT: Omit<LanguageRules, 'files'> = {
  loaded: 'by_name',
  inTests: 'tests',
  readByBuilds: true,
  checks,
  packages,
  standForFolder: ['index'],
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
};

export const languages: readonly LanguageRules[] = [
  {
    ...SCRIPT,
    files: /\.[cm]?ts$/,
    runs: {
      language: 'TypeScript',
      names: /^(?:typescript|ts)$/i,
      ends: '.ts',
      with: 'node',
      nothing: 'const nothing: number = 0;\nvoid nothing;\n',
      needs: 'a Node that runs .ts files: 22.18 or later of 22, else 23.6 or later',
    },
  },
  {
    ...SCRIPT,
    files: /\.[cm]?js$/,
    runs: {
      language: 'JavaScript',
      names: /^(?:javascript|js|node|node\.?js)$/i,
      ends: '.js',
      with: 'node',
      nothing: '',
    },
  },
  { ...SCRIPT, files: /\.[cm]?[jt]sx$/ },
  { files: /\.(?:vue|svelte)$/, loaded: 'by_name', inTests: 'neither', readByBuilds: true },
];
