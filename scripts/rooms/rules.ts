import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DOMAIN_ROOMS } from './domain.ts';

/** What a room may import. Paths are prefixes below `src/`; the first room whose `path` fits a file is its room. */
export interface Room {
  readonly path: string;
  /** Prefixes below `src/`, its own room not included. */
  readonly rooms: readonly string[];
  /** Modules of Node: every one, or these names with the things that may be taken from them (`*`: all). */
  readonly node: 'any' | Readonly<Record<string, readonly string[] | '*'>>;
  /** Packages; null: any. */
  readonly packages: readonly string[] | null;
}

const ECOSYSTEMS = readdirSync(join(import.meta.dirname, '..', '..', 'src', 'ecosystems'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `ecosystems/${name}/`);
const RULES_OF_ECOSYSTEMS = ECOSYSTEMS.map((folder) => `${folder}rules/`);
const SOURCES_OF_ECOSYSTEMS = ECOSYSTEMS.map((folder) => `${folder}sources/`);
const SYNTAX_OF_ECOSYSTEMS = ECOSYSTEMS.map((folder) => `${folder}syntax/`);

const PORTS = [
  'agents',
  'cassette',
  'clock',
  'config',
  'files',
  'forge',
  'gates',
  'git',
  'prices',
  'process',
  'sandbox',
  'secrets',
  'syntax',
].map((door) => `world/${door}/port.ts`);
/** What the other doors of the world stand on. */
const GROUND = ['world/process/', 'world/sandbox/', 'world/clock/'];
const WORLD: Pick<Room, 'rooms' | 'node' | 'packages'> = {
  rooms: ['domain/', ...PORTS, ...GROUND],
  node: 'any',
  packages: null,
};

const READING: Room['node'] = {
  'node:crypto': ['createHash', 'createPublicKey', 'hash', 'timingSafeEqual', 'verify', 'KeyObject'],
  // Opening is for O_NOFOLLOW: a test looks at the flags.
  'node:fs': [
    'readFileSync',
    'readdirSync',
    'existsSync',
    'lstatSync',
    'statSync',
    'fstatSync',
    'openSync',
    'closeSync',
    'constants',
  ],
  'node:fs/promises': ['readFile', 'readdir', 'lstat', 'stat'],
  'node:path': '*',
};

/** The files that a user names on the command line (docs/adr/0013); no processes, no network, no crypto. */
const ASKED_FOR: Room['node'] = {
  'node:fs': ['existsSync'],
  'node:fs/promises': '*',
  'node:os': ['availableParallelism', 'homedir', 'tmpdir'],
  'node:path': '*',
  'node:url': ['fileURLToPath'],
  'node:util': '*',
};

/** Arrows point down: surfaces, app, engine, then world, store and proof, then domain. */
export const ROOMS: readonly Room[] = [
  { path: 'domain/testing/', rooms: ['domain/'], node: 'any', packages: null },
  ...DOMAIN_ROOMS,
  { path: 'ecosystems/rules.ts', rooms: ['domain/', ...RULES_OF_ECOSYSTEMS], node: {}, packages: [] },
  ...RULES_OF_ECOSYSTEMS.map((path): Room => ({ path, rooms: ['domain/'], node: {}, packages: [] })),
  { path: 'ecosystems/projects.ts', rooms: ['domain/', ...SOURCES_OF_ECOSYSTEMS], node: {}, packages: [] },
  ...SOURCES_OF_ECOSYSTEMS.map((path): Room => ({
    path,
    rooms: ['domain/'],
    node: { 'node:path': ['posix'] },
    packages: [],
  })),
  { path: 'store/', rooms: ['domain/'], node: 'any', packages: null },
  { path: 'world/process/', rooms: ['domain/', 'world/clock/'], node: 'any', packages: null },
  { path: 'world/clock/', rooms: ['domain/'], node: 'any', packages: null },
  { path: 'world/sandbox/', rooms: ['domain/', 'world/process/', 'world/clock/'], node: 'any', packages: null },
  {
    path: 'world/cassette/',
    rooms: ['domain/ids.ts'],
    node: { 'node:fs': '*', 'node:path': '*', 'node:zlib': '*' },
    packages: [],
  },
  { path: 'world/files/', rooms: ['domain/', 'world/process/'], node: 'any', packages: null },
  { path: 'world/config/', rooms: ['domain/', 'world/agents/presets/'], node: 'any', packages: null },
  { path: 'world/agents/', ...WORLD, rooms: [...WORLD.rooms, 'world/config/words.ts'] },
  { path: 'world/prices/', rooms: ['domain/', 'world/config/port.ts'], node: {}, packages: ['@pydantic/genai-prices'] },
  {
    path: 'world/secrets/',
    rooms: ['domain/'],
    node: {},
    packages: ['@secretlint/core', '@secretlint/profiler', '@secretlint/secretlint-rule-preset-recommend'],
  },
  {
    path: 'world/syntax/',
    rooms: ['domain/', 'ecosystems/syntax.ts'],
    node: {
      'node:worker_threads': '*',
      'node:fs': ['existsSync', 'readFileSync'],
      'node:url': ['fileURLToPath'],
      'node:zlib': ['brotliDecompressSync'],
    },
    packages: ['web-tree-sitter'],
  },
  {
    path: 'ecosystems/syntax.ts',
    rooms: ['world/syntax/', 'domain/', ...SYNTAX_OF_ECOSYSTEMS],
    node: {},
    packages: [],
  },
  // What parses is a thread of its own, so that it has nothing of gates.
  ...SYNTAX_OF_ECOSYSTEMS.map((path): Room => ({
    path,
    rooms: ['domain/', 'world/syntax/'],
    node: {},
    packages: ['javascript', 'python', 'go', 'rust', 'java', 'php', 'cpp'].map((name) => `@lezer/${name}`),
  })),
  { path: 'world/git/', ...WORLD },
  { path: 'world/forge/testing/', ...WORLD },
  { path: 'world/forge/', ...WORLD, packages: ['@octokit/core', '@octokit/types'] },
  {
    path: 'world/gates/',
    ...WORLD,
    rooms: [
      ...WORLD.rooms,
      ...['caches', 'commands', 'gates', 'layers', 'projects', 'runners'].map((table) => `ecosystems/${table}.ts`),
    ],
  },
  { path: 'ecosystems/', ...WORLD, rooms: [...WORLD.rooms, 'world/gates/', ...SOURCES_OF_ECOSYSTEMS] },
  // Small enough to audit, and unable to write: whoever checks a proof runs only these three.
  { path: 'proof/format/', rooms: ['domain/'], node: READING, packages: [] },
  { path: 'proof/statement/', rooms: ['domain/', 'proof/format/'], node: READING, packages: [] },
  { path: 'proof/rules/', rooms: ['domain/', 'proof/format/', 'proof/statement/'], node: READING, packages: [] },
  {
    path: 'proof/verify/',
    rooms: ['domain/', 'proof/format/', 'proof/statement/', 'proof/rules/'],
    node: READING,
    packages: [],
  },
  {
    path: 'proof/',
    rooms: ['domain/', 'proof/format/', 'proof/statement/', 'proof/rules/', 'proof/verify/', 'store/', ...PORTS],
    node: 'any',
    packages: null,
  },
  { path: 'replay/', rooms: ['domain/', 'proof/format/bytes.ts'], node: {}, packages: [] },
  {
    path: 'engine/testing/',
    rooms: ['domain/', 'store/', 'engine/', 'world/clock/testing/', ...PORTS],
    node: 'any',
    packages: null,
  },
  {
    path: 'engine/',
    rooms: ['domain/', 'store/port.ts', 'store/projections/', 'proof/', 'replay/', ...PORTS],
    node: { 'node:path': '*' },
    packages: null,
  },
  // Puts the live world together, and holds whole use cases that more than one surface offers.
  {
    path: 'app/',
    rooms: ['domain/', 'store/', 'world/', 'proof/', 'engine/', 'replay/'],
    node: ASKED_FOR,
    packages: null,
  },
  { path: 'surfaces/cli/testing/', rooms: ['domain/', 'store/', 'app/', 'surfaces/cli/'], node: 'any', packages: null },
  { path: 'surfaces/', rooms: ['domain/', 'app/'], node: ASKED_FOR, packages: null },
];
