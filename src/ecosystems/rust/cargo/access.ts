import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'smol-toml';
import { userVariables, withoutCredentials, type Access } from '../../../world/gates/layers/network.ts';
import type { Build, Trust } from '../../../world/gates/layers/plan.ts';

type Table = Readonly<Record<string, unknown>>;

/** Variables that cargo reads to reach registries; tokens only for the base. */
const PLAIN = /^CARGO_(?:REGISTRIES_\w+_INDEX|HTTP_\w+|NET_(?:RETRY|GIT_FETCH_WITH_CLI))$/;
const ALSO_SECRET = /^CARGO_REGISTR(?:Y|IES_\w+)_TOKEN$/;

export function cargoAccess(build: Build, trust: Trust): Access {
  const access = userVariables(build.env, trust, PLAIN, ALSO_SECRET);
  const tokens: Record<string, string> = {};
  const credentials =
    trust === 'base' ? (readToml(home(build, 'credentials.toml')) ?? readToml(home(build, 'credentials'))) : null;
  const registries = Object.entries(table(credentials?.['registries'])).map(
    ([name, entry]) => [`IES_${name.toUpperCase().replaceAll('-', '_')}`, entry] as const,
  );
  for (const [name, entry] of [['Y', credentials?.['registry']] as const, ...registries]) {
    const token = table(entry)['token'];
    if (typeof token === 'string') tokens[`CARGO_REGISTR${name}_TOKEN`] = token;
  }
  return { ...access, env: { ...tokens, ...access.env }, secrets: [...access.secrets, ...Object.values(tokens)] };
}

/** The user's registries and replaced sources stay with the layer, because cargo looks for crates under their names; tokens do not. */
export async function keepConfig(build: Build, dir: string): Promise<void> {
  const config = readToml(home(build, 'config.toml')) ?? readToml(home(build, 'config'));
  if (config === null) return;
  const registries = Object.entries(table(config['registries'])).flatMap(([name, entry]) => {
    const index = table(entry)['index'];
    return typeof index === 'string' ? [[name, { index: withoutCredentials(index) }] as const] : [];
  });
  const sources = Object.entries(table(config['source'])).map(([name, entry]) => [
    name,
    Object.fromEntries(
      Object.entries(table(entry)).map(([key, value]) => [
        key,
        typeof value === 'string' ? withoutCredentials(value) : value,
      ]),
    ),
  ]);
  const kept = { registries: Object.fromEntries(registries), source: Object.fromEntries(sources) };
  await writeFile(join(dir, 'config.toml'), stringify(kept));
}

const home = ({ env }: Build, name: string): string =>
  join(env['CARGO_HOME'] ?? join(env['HOME'] ?? '/', '.cargo'), name);

function readToml(path: string): Table | null {
  if (!existsSync(path)) return null;
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch {
    // Cargo itself will say what is wrong with it where it matters.
    return null;
  }
}

const table = (value: unknown): Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
