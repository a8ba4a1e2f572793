import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Room } from './rules.ts';

/**
 * The folders of the domain, bottom first: a folder knows those of the layers below its own, and no other of its layer. What judges ends
 * with the checks of the worker; it takes evidence and a tree, never the state of a goal (docs/adr/0076, docs/adr/0099).
 */
export const DOMAIN_LAYERS: readonly (readonly string[])[] = [
  ['agents', 'budget', 'git', 'hooks', 'secrets'],
  ['text'],
  ['delivery', 'gates', 'project', 'roles'],
  ['contract', 'plan'],
  ['evidence'],
  ['held-out', 'own-tests'],
  // What an event and the state of a goal hold. Below here nobody knows them.
  ['goal'],
  ['backlog', 'commands', 'log', 'oracle', 'task'],
  ['planner'],
  ['judge'],
  ['criteria', 'decide', 'pull-request', 'rerun'],
  ['prompt', 'queue'],
  ['transition'],
];

/** What each folder knows of ecosystems, by the tables beside them. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  contract: ['ecosystems/rules.ts'],
  gates: ['ecosystems/rules.ts'],
  commands: ['ecosystems/projects.ts'],
  oracle: ['ecosystems/projects.ts'],
  queue: ['ecosystems/projects.ts'],
};

/** Files of no folder: ids, statuses and errors, which import only each other. */
const GROUND = readdirSync(join(import.meta.dirname, '..', '..', 'src', 'domain'), { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ name }) => `domain/${name}`);

const room = (path: string, rooms: readonly string[]): Room => ({ path, rooms, node: {}, packages: [] });

export const DOMAIN_ROOMS: readonly Room[] = [
  ...DOMAIN_LAYERS.flatMap((folders, layer) => {
    const below = DOMAIN_LAYERS.slice(0, layer).flat();
    return folders.map((folder) =>
      room(`domain/${folder}/`, [...GROUND, ...below.map((each) => `domain/${each}/`), ...(TABLES[folder] ?? [])]),
    );
  }),
  ...GROUND.map((file) => room(file, GROUND)),
];
