import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { BUILDER } from '../project/names.ts';
import type { Build, Step } from '../../../world/gates/layers/plan.ts';
import { runStep } from '../../../world/gates/layers/step.ts';
import { pipAccess } from './access.ts';
import { normalise, readRequirements, type Line } from './requirements.ts';
import { makeVenv } from './venv.ts';

/** One `name==version` a line, and as comments what was asked for. */
export const LOCK = 'omk-requirements.lock';
const ASKED = '# asked for: ';

const report = z.object({
  install: z.array(
    z.object({
      metadata: z.object({ name: z.string(), version: z.string() }),
      is_direct: z.boolean(),
      download_info: z.object({
        url: z.string(),
        vcs_info: z.optional(z.object({ vcs: z.string(), commit_id: z.string() })),
      }),
    }),
  ),
});

/** Lets pip resolve `files` and keeps the versions it chose. For a candidate, those of the base that it did not ask otherwise for. */
export async function resolvePip(build: Build, files: readonly string[], asked: readonly Line[]): Promise<Step> {
  const python = await interpreter(build);
  if ('kind' in python) return python;
  const access = pipAccess(build.env, build.trust);
  const out = join(build.out, 'report.json');
  const constraints = await constraintsFrom(build, asked);
  const binary = build.trust === 'candidate' ? ['--only-binary', ':all:'] : [];
  const lists = [...files, ...constraints];
  const argv = [
    python.program, '-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--dry-run', '--ignore-installed', '--quiet',
    '--report', out, ...binary, ...lists,
  ] as const; // prettier-ignore
  const resolved = await runStep(
    build,
    'pip install --dry-run',
    [argv[0], ...argv.slice(1)],
    { ...access, env: { ...access.env, PIP_CACHE_DIR: build.downloads } },
    python.folder === null ? [] : [{ from: python.folder, writable: false }],
  );
  if (resolved.kind === 'failed') return resolved;
  const { install } = z.parse(report, JSON.parse(await readFile(out, 'utf8')));
  const pins = install.map(({ metadata, is_direct, download_info: { url, vcs_info } }) => {
    const name = normalise(metadata.name);
    if (vcs_info !== undefined) return `${name} @ ${vcs_info.vcs}+${url}@${vcs_info.commit_id}`;
    return is_direct ? `${name} @ ${url}` : `${name}==${metadata.version}`;
  });
  const wanted = asked.flatMap((line) => (line.kind === 'include' ? [] : [`${ASKED}${line.text}`]));
  const options = asked.flatMap((line) => (line.kind === 'option' && SOURCE.test(line.text) ? [line.text] : []));
  await writeFile(join(build.checkout, LOCK), [...wanted, ...options, ...pins.sort(), ''].join('\n'));
  return { kind: 'done' };
}

/** Options that say where packages come from. */
const SOURCE = /^(?:-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host|--no-index|--pre)\b/;

async function interpreter(
  build: Build,
): Promise<{ readonly program: string; readonly folder: string | null } | Extract<Step, { kind: 'failed' }>> {
  const builder = build.before.get(BUILDER);
  if (builder !== undefined) return { program: join(builder, 'bin', 'python'), folder: builder };
  const dir = join(build.out, 'resolver');
  const made = await makeVenv(build, dir, true);
  return made.kind === 'failed' ? made : { program: join(dir, 'bin', 'python'), folder: null };
}

async function constraintsFrom(build: Build, asked: readonly Line[]): Promise<readonly string[]> {
  const file = join(build.checkout, LOCK);
  if (build.trust === 'base' || !existsSync(file)) return [];
  const lines = (await readFile(file, 'utf8')).split('\n');
  const before = new Set(lines.flatMap((line) => (line.startsWith(ASKED) ? [line.slice(ASKED.length)] : [])));
  const changed = new Set(
    asked.flatMap((line) => (line.kind === 'named' && !before.has(line.text) ? [line.name] : [])),
  );
  const kept = readRequirements(lines.join('\n')).filter((line) => line.kind === 'named' && !changed.has(line.name));
  await writeFile(join(build.checkout, CONSTRAINTS), kept.map(({ text }) => `${text}\n`).join(''));
  return ['-c', CONSTRAINTS];
}

const CONSTRAINTS = 'omk-constraints.txt';
