import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { homeOf } from '../../sandbox/home.ts';
import type { GitCall } from '../run.ts';
import { tryGit } from '../run.ts';
import { dirsOf } from '../locate.ts';
import { locate } from './locate.ts';

/** What decides whether a file of a checkout is the file of a commit. None of them starts a program. */
const NAMES = [
  'autocrlf',
  'eol',
  'excludesfile',
  'attributesfile',
  'filemode',
  'symlinks',
  'ignorecase',
  'precomposeunicode',
  'trustctime',
  'checkstat',
];

/**
 * The user's settings for files, as git itself reads them in a repository: those of the machine, of the user and of the
 * repository, with their includes. Everything else of the user's configuration stays out of omk's calls.
 */
export async function userSettings(call: GitCall): Promise<readonly (readonly [string, string])[]> {
  const pattern = `^core\\.(${NAMES.join('|')})$`;
  const found = await tryGit(['config', '--includes', '-z', '--get-regexp', pattern], { ...call, readsUser: true });
  const settings = new Map(DEFAULTS.flatMap(([key, name]) => defaultFile(key, name)));
  // A configuration that git cannot read is git's to complain about; 1 says that there is nothing.
  for (const entry of found.code === 0 ? found.stdout.toString('utf8').split('\0') : []) {
    const newline = entry.indexOf('\n');
    // A name without a value is true.
    if (entry !== '') settings.set(newline < 0 ? entry : entry.slice(0, newline), valueOf(entry, newline));
  }
  return [...settings];
}

const valueOf = (entry: string, newline: number): string =>
  newline < 0 ? 'true' : entry.slice(newline + 1).replace(/^~\//, `${home()}/`);

/** Files that git reads where no setting names another. */
const DEFAULTS = [
  ['core.excludesfile', 'ignore'],
  ['core.attributesfile', 'attributes'],
] as const;

function defaultFile(key: string, name: string): readonly (readonly [string, string])[] {
  const file = join(process.env['XDG_CONFIG_HOME'] || join(home(), '.config'), 'git', name);
  return existsSync(file) ? [[key, file]] : [];
}

/** A user without a home has no settings of their own. */
const home = (): string => homeOf(process.env) ?? '/nonexistent';

/** Rules by which the user's git leaves files out of every commit, besides those that a repository holds; empty where there are none. */
export async function personalIgnores(root: string): Promise<string> {
  // Asked for each snapshot: no program is started where the folder says it all.
  const found = (await dirsOf(root).catch(() => null)) ?? (await locate(root).catch(() => null));
  if (found === null) return '';
  const settings = new Map(await userSettings({ gitDir: found.gitDir, whose: 'user' }));
  const excludes = settings.get('core.excludesfile');
  // The later rule wins, as in git: those of the clone over those of the machine.
  const files = [...(excludes ? [excludes] : []), join(found.commonDir, 'info', 'exclude')];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return texts.some(hasRule) ? texts.join('\n') : '';
}

const hasRule = (text: string): boolean => text.split('\n').some((line) => line.trim() !== '' && !line.startsWith('#'));
