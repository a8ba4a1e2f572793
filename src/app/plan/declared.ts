import { parse } from 'smol-toml';
import * as z from 'zod/mini';
import { NOTHING_DECLARED, type Declared } from '../../domain/commands/declared-entries.ts';

const pyproject = z.object({ project: z.object({ scripts: z.record(z.string(), z.string()) }) });
const cargo = z.object({
  package: z.object({ name: z.string() }),
  bin: z.optional(z.array(z.object({ name: z.string(), path: z.optional(z.string()) }))),
});

/** Manifests in TOML that say what can be run. */
export const DECLARING = ['pyproject.toml', 'Cargo.toml', 'go.mod'];

/** What they say; a manifest that cannot be read says nothing. */
export function declaredIn(texts: ReadonlyMap<string, string>): Declared {
  const python = pyproject.safeParse(toml(texts.get('pyproject.toml')));
  const rust = cargo.safeParse(toml(texts.get('Cargo.toml')));
  return {
    scripts: python.success ? Object.entries(python.data.project.scripts) : NOTHING_DECLARED.scripts,
    bins: rust.success ? (rust.data.bin ?? []).map(({ name, path }) => ({ name, path: path ?? placeOf(name) })) : [],
    crate: rust.success ? rust.data.package.name : null,
  };
}

const placeOf = (name: string): string => `src/bin/${name}.rs`;

function toml(text: string | undefined): unknown {
  try {
    return parse(text ?? '');
  } catch {
    return null;
  }
}
