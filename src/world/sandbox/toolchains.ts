import { readdirSync, readlinkSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { isWithin, kindOf, realPath } from './paths.ts';

interface Mount {
  readonly from: string;
  readonly to: string;
}

/** What the programs on a PATH need besides the system's directories, to work for someone without their HOME. */
export interface Toolchains {
  /** Read-only, parents before children, `from` without links. */
  readonly mounts: readonly Mount[];
  readonly env: Readonly<Record<string, string>>;
  /** Packages already downloaded: `to` is relative to HOME. For gates in a sandbox, which have no network. */
  readonly caches: readonly Mount[];
  /** Files with credentials that lie in the way. */
  readonly secrets: readonly string[];
}

/** Where the system keeps programs; a sandbox always shows these. */
export const SYSTEM: readonly string[] = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];

/** Version managers whose programs look into their own folder, found through a variable once HOME is another. */
const MANAGERS: readonly { readonly variable: string; readonly folder: string }[] = [
  { variable: 'PYENV_ROOT', folder: '.pyenv' },
  { variable: 'RBENV_ROOT', folder: '.rbenv' },
  { variable: 'NODENV_ROOT', folder: '.nodenv' },
  { variable: 'GOENV_ROOT', folder: '.goenv' },
  { variable: 'ASDF_DATA_DIR', folder: '.asdf' },
  { variable: 'MISE_DATA_DIR', folder: '.local/share/mise' },
  { variable: 'VOLTA_HOME', folder: '.volta' },
  { variable: 'BUN_INSTALL', folder: '.bun' },
  { variable: 'SDKMAN_DIR', folder: '.sdkman' },
  { variable: 'NVM_DIR', folder: '.nvm' },
];

/** Finds the toolchains of a PATH (`gatePath`). `homes` are the user's home directories, real paths. */
export function findToolchains(path: string, env: NodeJS.ProcessEnv, homes: readonly string[]): Toolchains {
  const mounts = new Map<string, string>();
  const set: Record<string, string> = {};
  const caches: Mount[] = [];
  const secrets: string[] = [];
  const shown = (place: string): boolean =>
    [...SYSTEM, '/etc/alternatives'].some((root) => isWithin(place, root)) ||
    [...mounts].some(([to, from]) => isWithin(place, to) && from === to);
  const show = (place: string): void => {
    const real = realPath(place);
    if (real === null || homes.some((home) => isWithin(home, real))) return;
    // At both names: programs look at themselves under either.
    for (const to of [real, place]) if (!shown(to)) mounts.set(to, real);
  };

  const entries = path.split(delimiter).filter((entry) => entry !== '');
  for (const entry of entries) {
    const manager = managerOf(entry, env);
    if (manager !== null) {
      show(manager.root);
      set[manager.variable] = manager.root;
    } else if (isCargo(entry, env)) {
      show(entry);
      const cargo = dirname(entry);
      const rustup = [env['RUSTUP_HOME'], join(dirname(cargo), '.rustup')].find(
        (dir) => dir !== undefined && kindOf(dir) === 'directory',
      );
      if (rustup !== undefined) {
        show(rustup);
        set['RUSTUP_HOME'] = rustup;
        // It is shown read-only: rustup cannot add what a project's settings name.
        set['RUSTUP_AUTO_INSTALL'] = '0';
      }
      for (const part of ['registry/index', 'registry/cache', 'git/db']) {
        const real = realPath(join(cargo, part));
        if (real !== null) caches.push({ from: real, to: join('.cargo', part) });
      }
      secrets.push(join(cargo, 'credentials'), join(cargo, 'credentials.toml'));
    } else if (entry.endsWith('/.local/bin')) {
      show(entry);
      const base = dirname(entry);
      const libraries = names(join(base, 'lib')).filter((name) => /^python3/.test(name));
      for (const name of libraries) show(join(base, 'lib', name));
      if (libraries.length > 0) set['PYTHONUSERBASE'] = base;
    } else {
      show(isPrefix(dirname(entry), entry, homes) ? dirname(entry) : entry);
    }
  }
  // The system's thousand links once, however many names their folder has (`/bin`, `/usr/bin`).
  const places = entries.map((entry) => {
    const real = realPath(entry);
    return real !== null && SYSTEM.some((root) => isWithin(real, root)) ? real : entry;
  });
  for (const place of new Set(places)) for (const file of links(place)) showTarget(file, shown, show, homes);

  const java = env['JAVA_HOME'];
  if (java !== undefined && kindOf(join(java, 'bin')) === 'directory') {
    show(java);
    set['JAVA_HOME'] = java;
  }
  const modules = realPath(
    env['GOMODCACHE'] ?? join(env['GOPATH']?.split(delimiter)[0] ?? join(homes[0] ?? '/', 'go'), 'pkg', 'mod'),
  );
  if (modules !== null) caches.push({ from: modules, to: 'go/pkg/mod' });
  secrets.push('/usr/etc/npmrc', '/usr/local/etc/npmrc', ...[...mounts.keys()].map((to) => join(to, 'etc', 'npmrc')));
  return {
    mounts: [...mounts].map(([to, from]) => ({ from, to })).sort((a, b) => a.to.length - b.to.length),
    env: set,
    caches,
    secrets: secrets.filter((file) => kindOf(file) === 'file'),
  };
}

function managerOf(entry: string, env: NodeJS.ProcessEnv): { readonly variable: string; readonly root: string } | null {
  for (const { variable, folder } of MANAGERS) {
    const given = env[variable];
    if (given !== undefined && given !== '' && isWithin(entry, given)) return { variable, root: given };
    const at = `${entry}/`.indexOf(`/${folder}/`);
    if (at >= 0) return { variable, root: entry.slice(0, at + 1 + folder.length) };
  }
  return null;
}

const isCargo = (entry: string, env: NodeJS.ProcessEnv): boolean =>
  entry.endsWith('/.cargo/bin') || (env['CARGO_HOME'] !== undefined && entry === join(env['CARGO_HOME'], 'bin'));

/** Whether `prefix` is an installed program's folder (`<prefix>/bin`), and not someone's home, checkout or Go workspace. */
function isPrefix(prefix: string, entry: string, homes: readonly string[]): boolean {
  if (basename(entry) !== 'bin' || prefix === '/' || homes.some((home) => isWithin(home, prefix))) return false;
  const inside = names(prefix);
  return (
    !inside.includes('.git') &&
    !inside.includes('pkg') &&
    ['lib', 'lib64', 'libexec', 'share', 'include'].some((name) => inside.includes(name))
  );
}

/** A link on the PATH may lead into a place that nothing else shows (`~/.local/bin/x` to a version in `~/.local/share`). */
function showTarget(
  link: string,
  shown: (place: string) => boolean,
  show: (place: string) => void,
  homes: readonly string[],
): void {
  const real = realPath(link);
  if (real === null || kindOf(real) !== 'file') return;
  if (!shown(real)) {
    const folder = dirname(real);
    show(isPrefix(dirname(folder), folder, homes) ? dirname(folder) : real);
  }
  const next = resolve(dirname(link), readlinkSync(link));
  if (!shown(next)) show(next);
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function links(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isSymbolicLink())
      .map((entry) => join(folder, entry.name));
  } catch {
    return [];
  }
}
