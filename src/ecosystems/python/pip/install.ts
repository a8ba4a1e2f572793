import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ownPackages } from '../project/attach.ts';
import type { Build, Failed, Installed, Step, Trust } from '../../../world/gates/layers/plan.ts';
import { runStep } from '../../../world/gates/layers/step.ts';
import { pipAccess } from './access.ts';
import { LOCK, resolvePip } from './lock.ts';
import { readRequirements, type Line } from './requirements.ts';
import { finishVenv, makeVenv, REPRODUCIBLE } from './venv.ts';

/** What is to be installed. */
interface Requirements {
  /** Lists of requirements of the tree, and the text of these and of all that they include. */
  readonly roots: readonly string[];
  readonly contents: ReadonlyMap<string, string>;
  /** Requirements that stand elsewhere. */
  readonly listed: readonly string[];
  /** All that is asked for, without constraints. */
  readonly asked: readonly Line[];
}

/** Resolves the requirements. For a candidate only wheels count, because everything else runs its own code. */
export async function lockPip(build: Build, wanted: Requirements): Promise<Step> {
  const refused = refusal(build, wanted);
  if (refused !== null) return refused;
  for (const [path, text] of wanted.contents)
    await writeFile(join(build.checkout, path), installable(text, build.trust));
  const listed = 'omk-listed-requirements.txt';
  await writeFile(join(build.checkout, listed), installable(wanted.listed.join('\n'), build.trust));
  return resolvePip(
    build,
    [...wanted.roots, listed].flatMap((path) => ['-r', path]),
    wanted.asked,
  );
}

/** Makes a virtual environment and installs into it what the lock file says. Folders of the tree are never built here. */
export async function installPip(build: Build, asked: readonly Line[]): Promise<Installed> {
  const venv = join(build.out, 'venv');
  const made = await makeVenv(
    build,
    venv,
    asked.some((line) => line.kind === 'named' && line.name === 'pytest'),
  );
  if (made.kind === 'failed') return made;
  // The project itself comes with its own layer.
  const own = new Set((await ownPackages(build.before)).map(({ name }) => name));
  const text = await readFile(join(build.checkout, LOCK), 'utf8');
  const pins = readRequirements(text).filter((line) => line.kind !== 'named' || !own.has(line.name));
  await writeFile(join(build.checkout, LOCK), pins.map((line) => `${line.text}\n`).join(''));
  const access = pipAccess(build.env, build.trust);
  const binary = build.trust === 'candidate' ? ['--only-binary', ':all:'] : [];
  const install = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--no-warn-script-location'];
  const installed = await runStep(
    build,
    'pip install',
    [join(venv, 'bin', 'python'), ...install, ...binary, '--no-deps', '-r', LOCK],
    { ...access, env: { ...access.env, ...REPRODUCIBLE, PIP_CACHE_DIR: build.downloads } },
  );
  if (installed.kind === 'failed') return installed;
  const finished = await finishVenv(build, venv);
  return finished.kind === 'failed' ? finished : { kind: 'done', nested: [] };
}

function refusal(build: Build, wanted: Requirements): Failed | null {
  const [source] = build.trust === 'base' ? [] : wanted.asked.filter((line) => line.kind === 'direct' && !line.wheel);
  if (source === undefined) return null;
  const detail = `${source.text} would be built from source, which runs its code; use a wheel`;
  return { kind: 'failed', detail, tail: '' };
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
