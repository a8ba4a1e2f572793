import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../../../domain/canonical.ts';
import { normalise } from '../pip/requirements.ts';
import { fixedPlace, type Build, type Step } from '../../../world/gates/layers/plan.ts';
import { runStep } from '../../../world/gates/layers/step.ts';
import { distributionsIn, type Distribution, type Script } from './distributions.ts';
import { PROJECT } from './names.ts';

/** The base's own packages as they were installed before this layer; none where that was not possible. */
export async function ownPackages(before: Build['before']): Promise<readonly Distribution[]> {
  const dir = before.get(PROJECT);
  return dir === undefined ? [] : distributionsIn(dir);
}

/** What of them decides how a virtual environment looks. */
export async function ownInputs(before: Build['before']): Promise<Json> {
  const own = await ownPackages(before);
  return own.map(({ name, scripts }) => ({ name, scripts: scripts.map((script) => ({ ...script })) }));
}

/**
 * Lets a virtual environment find the project, which lies in a layer of its own, and its programs. What another package brought
 * under the project's name is taken out, as an installation of the project itself would have done.
 */
export async function attachProject(build: Build, venv: string): Promise<Step> {
  const own = await ownPackages(build.before);
  if (own.length === 0) return { kind: 'done' };
  const site = await sitePackages(venv);
  const there = (await readdir(site)).flatMap((name) => /^(.+?)-[^-]+\.dist-info$/.exec(name)?.[1] ?? []);
  const twice = own.map(({ name }) => name).filter((name) => there.some((each) => normalise(each) === name));
  const python = join(venv, 'bin', 'python');
  if (twice.length > 0) {
    const access = { env: { PIP_CONFIG_FILE: '/dev/null' }, files: [], secrets: [], network: false } as const;
    const argv = [python, '-m', 'pip', 'uninstall', '--yes', '--disable-pip-version-check', ...twice] as const;
    const done = await runStep(build, 'pip uninstall', [argv[0], ...argv.slice(1)], access);
    if (done.kind === 'failed') return done;
  }
  await writeFile(join(site, '_omk_project.pth'), LINE);
  await writeFile(join(site, '_omk_project.py'), MODULE);
  for (const script of own.flatMap(({ scripts }) => scripts)) {
    const program = join(venv, 'bin', script.name);
    if (!existsSync(program)) await writeFile(program, programOf(script, python), { mode: 0o755 });
  }
  return { kind: 'done' };
}

/** The longest first line that every kernel reads whole. */
const LONGEST = 120;

function programOf({ module, attribute }: Script, python: string): string {
  // As pip does: a line for the kernel holds no spaces.
  const start =
    /\s/.test(python) || python.length > LONGEST ? `#!/bin/sh\n'''exec' "${python}" "$0" "$@"\n' '''` : `#!${python}`;
  const [first = ''] = attribute.split('.');
  return `${start}\nimport sys\nfrom ${module} import ${first}\n\nif __name__ == "__main__":\n    sys.exit(${attribute}())\n`;
}

/** Python executes the line at its start; the module is beside it. */
const LINE = 'import _omk_project\n';
const MODULE = `# Makes the project's own packages known, which are kept apart from what they need.
import os
import site

_folder = os.environ.get("OMK_PYTHON_PROJECT", "${fixedPlace('project')}")
if os.path.isdir(_folder):
    for _name in sorted(os.listdir(_folder)):
        if _name.isdigit():
            site.addsitedir(os.path.join(_folder, _name))
`;

async function sitePackages(venv: string): Promise<string> {
  const lib = (await readdir(join(venv, 'lib'))).find((name) => name.startsWith('python'));
  return join(venv, 'lib', lib ?? 'python3', 'site-packages');
}
