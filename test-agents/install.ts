import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** An agent from the npm registry, in one exact version. */
export interface Package {
  /** What a user calls it. */
  readonly program: string;
  readonly packages: readonly string[];
  /** Below `node_modules`. */
  readonly main: string;
}

export type Installed =
  | { readonly kind: 'ready'; readonly main: string }
  | { readonly kind: 'missing'; readonly why: string };

/** Installs without install scripts, and keeps it between runs. `missing` where npm cannot get it. */
export async function install({ packages, main }: Package): Promise<Installed> {
  // The real path: node_modules may be a link, and a sandbox shows what the link names.
  const root = realpathSync(join(import.meta.dirname, '..', 'node_modules'));
  const cache = join(root, '.cache', 'omk-agents', packages.join('+').replaceAll(/[@/]/gu, '-'));
  const file = join(cache, 'node_modules', main);
  if (existsSync(file)) return { kind: 'ready', main: file };
  const draft = `${cache}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, 'package.json'), '{"private":true}');
  const failure = await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', draft, ...packages]);
  if (failure === null && !existsSync(file)) {
    rmSync(cache, { recursive: true, force: true });
    renameSync(draft, cache);
  }
  rmSync(draft, { recursive: true, force: true });
  if (!existsSync(file)) return { kind: 'missing', why: `npm could not install ${packages.join(' ')}: ${failure}` };
  chmodSync(file, 0o755);
  return { kind: 'ready', main: file };
}

function npm(args: readonly string[]): Promise<string | null> {
  // The user's own registry and proxy settings, but nothing of the npm run that started the tests.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(?!config_registry)/iu.test(name)),
  );
  return new Promise((resolve) => {
    execFile('npm', args, { env, timeout: 300_000 }, (error, _stdout, stderr) =>
      resolve(error === null ? null : stderr.split('\n').slice(0, 3).join(' ') || error.message),
    );
  });
}

/** A folder for the PATH in which the program runs with this Node. */
export function programFolder(folder: string, program: string, main: string): string {
  mkdirSync(folder, { recursive: true });
  symlinkSync(process.execPath, join(folder, 'node'));
  symlinkSync(main, join(folder, program));
  return folder;
}
