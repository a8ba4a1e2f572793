import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { command, must } from './command.ts';
import type { Entry } from './entry.ts';
import type { Written } from './feature.ts';

/** A copy of the clone, and what all of an ecosystem share, as a person has one of each: a HOME and what omk keeps. */
export interface Place {
  readonly dir: string;
  readonly checkout: string;
  readonly state: string;
  readonly env: NodeJS.ProcessEnv;
}

const NETWORK = new RegExp(
  String.raw`^(?:\w*CERT\w*|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|GIT_SSL_CAINFO|\w+_proxy|` +
    String.raw`npm_config_registry|GOPROXY|GOFLAGS|PIP_\w+|PYENV_ROOT|RUSTUP_\w+|CARGO_HOME|GOROOT|` +
    String.raw`NVM_DIR|VOLTA_HOME|JAVA_HOME|LANG)$`,
  'i',
);

export const sharedFolder = (ecosystem: string, work: string): string => join(work, `of-${ecosystem}`);

export function placeFor(entry: Pick<Entry, 'name' | 'ecosystem'>, work: string): Place {
  const dir = join(work, entry.name);
  const shared = sharedFolder(entry.ecosystem, work);
  const home = join(shared, 'home');
  mkdirSync(home, { recursive: true });
  // omk's own Node is not what the repository is tested with.
  const path = (process.env['PATH'] ?? '').split(':').filter((each) => !each.endsWith('node_modules/.bin'));
  const kept = Object.entries(process.env).filter(([name]) => NETWORK.test(name));
  const state = join(shared, 'state');
  // Where npm has its packages from, corepack can have managers from.
  const registry = process.env['npm_config_registry'] ?? process.env['NPM_CONFIG_REGISTRY'];
  const env = {
    ...Object.fromEntries(kept),
    PATH: path.join(':'),
    HOME: home,
    TMPDIR: process.env['TMPDIR'] ?? '/tmp',
    OMK_STATE_DIR: state,
    CI: 'true',
    // A mirror's packages may be signed with other keys than corepack knows.
    COREPACK_INTEGRITY_KEYS: '0',
    ...(registry === undefined ? {} : { COREPACK_NPM_REGISTRY: registry }),
    // Where the toolchains are is no setting of the user; without it rustup finds none in another HOME.
    RUSTUP_HOME: process.env['RUSTUP_HOME'] ?? join(homedir(), '.rustup'),
  };
  return { dir, checkout: join(dir, 'checkout'), state, env };
}

const git = async ({ checkout, env }: Place, ...args: readonly string[]): Promise<string> => {
  const settings = [
    'user.name=wild',
    'user.email=wild@localhost',
    'commit.gpgsign=false',
    'core.hooksPath=/dev/null',
    'gc.auto=0',
  ];
  const argv = ['git', ...settings.flatMap((each) => ['-c', each]), ...args] as const;
  const { out } = await must(['git', ...argv.slice(1)], { cwd: checkout, env, limitMs: 120_000 });
  return out.trim();
};

/** A fresh copy of the clone at the commit of the list. The clone itself is only read. */
export async function checkOut(entry: Pick<Entry, 'commit'>, clone: string, place: Place): Promise<void> {
  rmSync(place.checkout, { recursive: true, force: true });
  // A link to a clone is the clone: a copy of the link would change it.
  cpSync(realpathSync(clone), place.checkout, { recursive: true, verbatimSymlinks: true });
  if (!existsSync(join(place.checkout, '.git'))) {
    await git(place, 'init', '--quiet');
    await git(place, 'add', '--all', '--force');
    await git(place, 'commit', '--quiet', '--message', 'Start');
  }
  await git(place, 'checkout', '--quiet', '--force', '--detach', entry.commit ?? 'HEAD');
  await git(place, 'clean', '--quiet', '-ffdx');
  await git(place, 'branch', '--force', 'wild-start');
}

/**
 * Where the repository names the version of its package manager, corepack's programs come first on the PATH, as on the machine of who
 * works on it.
 */
export async function withCorepack(place: Place): Promise<Place> {
  const manifest = join(place.checkout, 'package.json');
  const named = existsSync(manifest) && /"packageManager"\s*:\s*"(?:pnpm|yarn)@/.test(readFileSync(manifest, 'utf8'));
  const bin = join(place.env['HOME'] ?? '', 'corepack');
  if (!named) return place;
  mkdirSync(bin, { recursive: true });
  const enable = ['corepack', 'enable', '--install-directory', bin, 'pnpm', 'yarn'] as const;
  const { code } = await command(enable, { cwd: place.dir, env: place.env, limitMs: 60_000 });
  return code === 0 ? { ...place, env: { ...place.env, PATH: `${bin}:${place.env['PATH'] ?? ''}` } } : place;
}

/** A commit on top of the list's commit with these files: the base of a goal. */
export async function baseWith(place: Place, files: readonly Written[]): Promise<void> {
  await git(place, 'checkout', '--quiet', '--force', '--detach', 'wild-start');
  for (const { path, content } of files) {
    mkdirSync(dirname(join(place.checkout, path)), { recursive: true });
    writeFileSync(join(place.checkout, path), content);
  }
  if (files.length === 0) return;
  await git(place, 'add', '--force', ...files.map(({ path }) => path));
  await git(place, 'commit', '--quiet', '--no-verify', '--message', 'Base of a goal');
}

/** What a folder takes on disk; a file with several names counts once, and one that goes meanwhile not at all. */
export function diskMiB(folder: string): number {
  const seen = new Set<number>();
  const walk = (dir: string): number => {
    let bytes = 0;
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name);
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found === undefined) continue;
      if (!seen.has(found.ino)) bytes += found.blocks * 512;
      seen.add(found.ino);
      if (entry.isDirectory() && existsSync(path)) bytes += walk(path);
    }
    return bytes;
  };
  return existsSync(folder) ? Math.round(walk(folder) / 1024 / 102.4) / 10 : 0;
}
