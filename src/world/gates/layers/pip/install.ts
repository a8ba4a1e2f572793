import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Build, Failed, Trust } from '../plan.ts';
import { runStep } from '../step.ts';
import { pipAccess } from './access.ts';
import { readRequirements } from './requirements.ts';
import { finishVenv, makeVenv, REPRODUCIBLE } from './venv.ts';

/**
 * Makes a virtual environment and installs the requirements into it. The project itself and other folders of the tree
 * are never built. For a candidate only wheels are installed, because everything else runs its own code.
 */
export async function installPip(
  build: Build,
  wanted: {
    readonly roots: readonly string[];
    readonly contents: ReadonlyMap<string, string>;
    readonly listed: readonly string[];
    readonly pytest: boolean;
  },
): Promise<{ readonly kind: 'done'; readonly nested: readonly string[] } | Failed> {
  const sources =
    build.trust === 'candidate'
      ? [...wanted.contents.values(), wanted.listed.join('\n')]
          .flatMap(readRequirements)
          .filter((line) => line.kind === 'direct' && !line.wheel)
      : [];
  const [source] = sources;
  if (source !== undefined)
    return {
      kind: 'failed',
      detail: `${source.text} would be built from source, which runs its code; use a wheel`,
      tail: '',
    };

  for (const [path, text] of wanted.contents)
    await writeFile(join(build.checkout, path), installable(text, build.trust));
  const listedFile = 'omk-pyproject-requirements.txt';
  if (wanted.listed.length > 0)
    await writeFile(join(build.checkout, listedFile), installable(wanted.listed.join('\n'), build.trust));

  const access = pipAccess(build.env, build.trust);
  const options = {
    env: { ...access.env, ...REPRODUCIBLE, PIP_CACHE_DIR: build.downloads },
    files: access.files,
    secrets: access.secrets,
  };
  const venv = join(build.out, 'venv');
  const made = await makeVenv(build, venv, wanted.pytest);
  if (made.kind === 'failed') return made;
  const files = [...wanted.roots, ...(wanted.listed.length > 0 ? [listedFile] : [])].flatMap((path) => ['-r', path]);
  const binary = build.trust === 'candidate' ? ['--only-binary', ':all:'] : [];
  const install = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--no-warn-script-location'];
  const installed = await runStep(
    build,
    'pip install',
    [join(venv, 'bin', 'python'), ...install, ...binary, ...files],
    options,
  );
  if (installed.kind === 'failed') return installed;
  await finishVenv(build, venv);
  return { kind: 'done', nested: [] };
}

const HARMLESS_OPTION =
  /^(?:-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host|--no-index|--pre|--prefer-binary|--require-hashes)\b/;

/** The lines without folders of the tree; for a candidate also without options that turn building from source on again. */
const installable = (text: string, trust: Trust): string =>
  readRequirements(text)
    .filter(
      (line) =>
        line.kind !== 'folder' && (line.kind !== 'option' || trust === 'base' || HARMLESS_OPTION.test(line.text)),
    )
    .map((line) => `${line.text}\n`)
    .join('');
