import { join } from 'node:path';
import { canonical } from '../../../domain/canonical.ts';
import type { Layer, LayerPlace, MadeLock } from '../port.ts';
import { envMoved, moved } from './for-agent.ts';
import { sha256 } from './listing.ts';
import { fixedPlace, type Shape } from './plan.ts';
import type { Shelved } from './shelf.ts';

export interface Part {
  readonly shape: Shape;
  readonly shelved: Shelved;
  /** The lock file that was made because the tree has none. */
  readonly lock?: MadeLock;
}

/** One layer for the parts: the first has the port's place, the others and nested folders are `more`. */
export function layerOf(built: readonly Part[], without: readonly string[]): Layer {
  const seen = built.filter(({ shape }) => shape.use !== 'build');
  const parts = [
    ...seen.filter(({ shape }) => shape.use !== 'last'),
    ...seen.filter(({ shape }) => shape.use === 'last'),
  ];
  const places = parts.flatMap(({ shape, shelved }): readonly LayerPlace[] => {
    const { place, folder, writable, namesCheckout } = shape;
    const dir = join(shelved.dir, 'content', folder);
    const copied = {
      ...(writable || namesCheckout ? { writable: true as const } : {}),
      ...(namesCheckout ? { namesCheckout } : {}),
    };
    const nested = shelved.nested.map((path) => ({
      dir: join(shelved.dir, 'content', 'nested', path),
      mount: path,
      ...copied,
    }));
    const fixed = {
      fixed: fixedPlace(folder),
      ...(place === 'home' ? { writable: true as const } : {}),
      ...(namesCheckout ? { namesCheckout } : {}),
    };
    return [
      { dir, mount: place === 'tree' ? folder : null, ...(place === 'fixed' || place === 'home' ? fixed : copied) },
      ...nested,
    ];
  });
  const [first, ...more] = places;
  const [part] = parts;
  if (first === undefined || part === undefined) throw new TypeError('a layer has at least one part');
  const [only, second] = parts.map(({ shelved }) => shelved.digest);
  const filled = parts.map(({ shape, shelved }) => {
    const dir = join(shelved.dir, 'content', shape.folder);
    return { ...moved(shape, '$DIR', dir), offline: envMoved(shape.offline ?? {}, '$DIR', dir) };
  });
  const locks = parts.flatMap(({ lock }) => lock ?? []);
  return {
    ...first,
    more,
    kind: [
      parts
        .map(({ shape: { manager }, lock }) => `${manager}${lock ? ` (${lock.path} made by omk)` : ''}`)
        .join(' and '),
      ...without,
      ...parts.flatMap(({ shelved }) => shelved.note ?? []),
    ].join('; '),
    ...(locks.length === 0 ? {} : { locks }),
    digest:
      only !== undefined && second === undefined ? only : sha256(canonical(parts.map(({ shelved }) => shelved.digest))),
    env: Object.assign({}, ...filled.map(({ env }) => env)),
    offline: Object.assign({}, ...filled.map(({ offline }) => offline)),
    pathPrefix: filled.flatMap(({ pathPrefix }) => pathPrefix),
  };
}
