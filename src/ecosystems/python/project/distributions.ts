import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { normalise } from '../pip/requirements.ts';

/** What the metadata of an installed package says. */
export interface Distribution {
  readonly name: string;
  readonly requires: readonly string[];
  readonly scripts: readonly Script[];
}

export interface Script {
  readonly name: string;
  readonly module: string;
  readonly attribute: string;
}

/** The packages of a folder that `planPythonProject` filled, the root's first. */
export async function distributionsIn(dir: string): Promise<readonly Distribution[]> {
  const found: Distribution[] = [];
  const parts = (await readdir(dir)).filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(a) - Number(b));
  for (const part of parts)
    for (const name of await readdir(join(dir, part)))
      if (name.endsWith('.dist-info')) found.push(await readDistribution(join(dir, part, name)));
  return found;
}

async function readDistribution(dir: string): Promise<Distribution> {
  const headers = (await readFile(join(dir, 'METADATA'), 'utf8')).split(/\r?\n\r?\n/)[0] ?? '';
  const values = (key: string): readonly string[] =>
    [...headers.matchAll(new RegExp(`^${key}: *(.+)$`, 'gim'))].map(([, value]) => value?.trim() ?? '');
  const points = join(dir, 'entry_points.txt');
  return {
    name: normalise(values('Name')[0] ?? ''),
    requires: values('Requires-Dist'),
    scripts: existsSync(points) ? scriptsIn(await readFile(points, 'utf8')) : [],
  };
}

function scriptsIn(text: string): readonly Script[] {
  const section = /^\[console_scripts\]\s*$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text)?.[1] ?? '';
  return [...section.matchAll(/^\s*([\w.-]+)\s*=\s*([\w.]+)\s*:\s*([\w.]+)/gm)].flatMap(([, name, module, attribute]) =>
    name === undefined || module === undefined || attribute === undefined ? [] : [{ name, module, attribute }],
  );
}
