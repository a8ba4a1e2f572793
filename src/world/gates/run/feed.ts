import { lstat, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RepoPath } from '../../../domain/ids.ts';
import type { CommandFeed, CommandOutput, RunGateRequest } from '../port.ts';
import type { RunFolder } from './folder.ts';
import { readFileIfAny, redactBytes } from './output.ts';

const STDIN = 'stdin';

/** The files that a command is given. Never through a link of the tree. */
export async function placeFeed({ stdin, input, without = [] }: CommandFeed, folder: RunFolder): Promise<void> {
  await writeFile(join(folder.inject, STDIN), stdin);
  for (const path of without) {
    const at = join(folder.checkout, path);
    const isThere = await lstat(at).then(
      () => true,
      () => false,
    );
    if (isThere && (await isInside(dirname(at), folder.checkout))) await rm(at, { force: true, recursive: true });
  }
  for (const [path, text] of Object.entries(input)) {
    const at = join(folder.checkout, path);
    await mkdir(dirname(at), { recursive: true });
    if (!(await isInside(dirname(at), folder.checkout))) continue;
    await writeFile(at, text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** The same command with its standard input. */
export const fed = (
  argv: readonly [string, ...string[]],
  { elsewhere }: CommandFeed,
  { seen }: RunFolder,
): readonly [string, ...string[]] => [
  'sh',
  '-c',
  `${elsewhere ? `${IN_ANOTHER_LANGUAGE}${ON_ONE_CORE}` : ''}exec "$@" <"$0"`,
  `${seen.inject}/${STDIN}`,
  ...argv,
];

/**
 * A language of this machine that is written in UTF-8 too, best one that is not English, unless the command is given one. Where the
 * machine has no other, it is the same.
 */
const IN_ANOTHER_LANGUAGE =
  `if [ -z "$LC_ALL" ] && [ "$LANG" = C.UTF-8 ] && command -v locale >/dev/null 2>&1; then ` +
  `l=$(locale -a 2>/dev/null | grep -i '^[a-z]*_.*utf-*8$' | sort); o=$(printf '%s\\n' "$l" | grep -v '^en_' | head -n 1); ` +
  `l=\${o:-$(printf '%s\\n' "$l" | head -n 1)}; if [ -n "$l" ]; then LANG=$l LC_ALL=$l; export LANG LC_ALL; fi; fi; `;

/** The first core that it may use, where there is a program that says so; and its home is there. */
const ON_ONE_CORE =
  'mkdir -p "$HOME"; if command -v taskset >/dev/null 2>&1; then c=$(taskset -cp $$ 2>/dev/null); c=${c##*: }; ' +
  'set -- taskset -c "${c%%[,-]*}" "$@"; fi; ';

/** What a command sees of the machine that it runs on, where there is a sandbox. */
export const MACHINES = {
  usual: { hostname: 'omk', home: '/home/omk' },
  elsewhere: { hostname: 'elsewhere', home: '/tmp/elsewhere' },
} as const;

/** Files that a command wrote and that nobody named. What git ignores are caches and what is built. */
export async function wroteOf(
  { feed, vault, tree }: Pick<RunGateRequest, 'feed' | 'vault' | 'tree'>,
  written: readonly RepoPath[],
): Promise<readonly RepoPath[]> {
  const named = new Set([...Object.keys(feed?.input ?? {}), ...(feed?.outputs ?? []), ...(feed?.without ?? [])]);
  const open = written.filter((path) => !named.has(path));
  const ignored = open.length === 0 ? new Set() : await vault.ignored(tree, open);
  return open.filter((path) => !ignored.has(path)).slice(0, MOST_WRITTEN);
}

const MOST_WRITTEN = 50;

/** What it printed and wrote, without secrets and without the place of the checkout. */
export async function outputOf(
  { outputs }: CommandFeed,
  folder: RunFolder,
  secrets: readonly string[],
  { wallMs, wrote = [] }: Omit<CommandOutput, 'parts'>,
): Promise<CommandOutput> {
  const files = [
    { name: 'stdout', at: folder.stdout },
    { name: 'stderr', at: folder.stderr },
    ...(await thereOf([...outputs, ...wrote], folder)),
  ];
  const parts: { readonly name: string; readonly content: Uint8Array }[] = [];
  for (const { name, at } of files) {
    const content = redactBytes(await readFileIfAny(at), secrets);
    parts.push({ name, content: withoutPlace(content, folder.seen.checkout) });
  }
  return { parts, wrote, wallMs };
}

/** Of the files that it should write, those that are there. */
async function thereOf(
  outputs: readonly RepoPath[],
  { checkout }: RunFolder,
): Promise<readonly { readonly name: string; readonly at: string }[]> {
  const found: { readonly name: string; readonly at: string }[] = [];
  for (const name of outputs) {
    const at = join(checkout, name);
    const isFile = await lstat(at)
      .then((stat) => stat.isFile())
      .catch(() => false);
    if (isFile && (await isInside(dirname(at), checkout))) found.push({ name, at });
  }
  return found;
}

const isInside = async (folder: string, checkout: string): Promise<boolean> => {
  const [inner, outer] = await Promise.all([realpath(folder), realpath(checkout)]);
  return inner === outer || inner.startsWith(`${outer}/`);
};

/** The checkout and the home have one name wherever they were. */
const withoutPlace = (content: Buffer, checkout: string): Buffer =>
  [[checkout, '/omk/checkout'] as const, [MACHINES.elsewhere.home, MACHINES.usual.home] as const].reduce(
    (left, [place, name]) =>
      left.includes(place) ? Buffer.from(left.toString('latin1').replaceAll(place, name), 'latin1') : left,
    content,
  );
