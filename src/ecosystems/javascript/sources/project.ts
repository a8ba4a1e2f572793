import type { ProjectRules } from '../../../domain/project/project-rules.ts';
import { imports } from './imports.ts';
import { programs } from './programs.ts';
import { behindScript, installed } from './started.ts';
import { scripts } from './scripts/scripts.ts';

export const javascript: ProjectRules = {
  manifests: [/^package\.json$/],
  lockFiles: ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb'],
  wrappers: ['npx', 'bunx', 'cross-env', 'env-cmd', 'c8', 'nyc', 'dotenv', 'dotenvx'],
  managers: ['npm', 'pnpm', 'yarn', 'bun'],
  installed,
  behindScript,
  programs,
  scripts,
  imports,
  reach: {
    speaks: [/(^|\/)node_modules\//, /^(package\.json|pnpm-workspace\.yaml|lerna\.json)$/],
    findsRoot: [
      /["'`](?:pnpm-workspace\.yaml|lerna\.json)["'`]/,
      /\b(?:readdir|opendir|glob)\w*\(\s*["'`]\.\.[./*]*["'`]/,
    ],
    fromFile: /\.[cm]?[jt]sx?$/,
    quoted: /(^|\/)package\.json$/,
    // What TypeScript builds together.
    used: (_path, text) => text.replace(/"path"\s*:\s*"[^"\n]*"/g, ''),
  },
};
