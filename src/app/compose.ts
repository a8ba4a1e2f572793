import { readFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import type { World } from '../engine/world.ts';
import { proofPublisher } from '../engine/publish/proof.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/port.ts';
import { writeGoalFolder } from '../store/projections/write.ts';
import { openAgents } from '../world/agents/open.ts';
import { openCassettes } from '../world/cassette/open.ts';
import { systemClock } from '../world/clock/system.ts';
import type { Config } from '../world/config/port.ts';
import { readConfig } from '../world/config/read.ts';
import { openForge } from '../world/forge/open.ts';
import { openFiles } from '../world/files/open.ts';
import { openLayers } from '../world/gates/layers/open.ts';
import { openGates } from '../world/gates/open.ts';
import { openGit } from '../world/git/open.ts';
import type { Git } from '../world/git/port.ts';
import { openPrices } from '../world/prices/open.ts';
import { openSecrets } from '../world/secrets/open.ts';
import { openSyntax } from '../world/syntax/open.ts';
import { homeOf } from '../world/sandbox/home.ts';
import { openSandboxes } from '../world/sandbox/open.ts';
import type { Sandboxes } from '../world/sandbox/port.ts';
import { agentCapacity, capacity } from '../world/process/capacity.ts';
import { packageRoot } from './package-root.ts';
import { openRulesDoor, rulesFolder } from './verify/rules-door.ts';
import { stateDir, userConfigFile } from './paths.ts';
import { openVerifyDoor } from './verify/door.ts';
import { VERSION } from './version.ts';
import type { GoalId, RepoPath } from '../domain/ids.ts';

/** Bytes of the cassette of one goal, unless the configuration says. */
const MAX_CASSETTE = 256 * 1024 * 1024;

export interface Live extends World {
  readonly config: Config;
  readonly sandboxes: Sandboxes;
  readonly goalDir: (goal: GoalId) => string;
  /** How many agents the machine carries. */
  readonly agentsAtOnce: number;
}

/** Doors that need no configuration, opened before it is known. */
interface Early {
  readonly store: Store;
  readonly git: Git;
  readonly sandboxes: Sandboxes;
}

/** The store first of all: it makes the state directory, or says in one sentence why it cannot. */
export async function openEarly(env: NodeJS.ProcessEnv): Promise<Early> {
  const sandboxes = openSandboxes({ env });
  const store = await openStore({ stateDir: stateDir(env), clock: systemClock });
  return { store, git: openGit({ stateDir: stateDir(env) }), sandboxes };
}

/** The live world of one process. `repositoryToml` is `.omk/config.toml` of the base commit, null where there is none. */
export async function openWorld(
  env: NodeJS.ProcessEnv,
  repositoryToml: { path: RepoPath; text: string } | null = null,
  opened: Early | null = null,
): Promise<Live> {
  const directory = stateDir(env);
  const config = await loadConfig(env, repositoryToml);
  const { store, git, sandboxes } = opened ?? (await openEarly(env));
  const layers = openLayers({ stateDir: directory, sandboxes, env });
  const files = openFiles(directory);
  const syntax = openSyntax({ worker: ownProgram('read-tests.js', ['src', 'world', 'syntax', 'worker.ts']) });
  const gates = openGates({
    syntax,
    stateDir: directory,
    blobs: store,
    sandboxes,
    layers,
    env,
    clock: systemClock,
    version: VERSION,
  });
  const agents = openAgents({
    stateDir: directory,
    sandboxes,
    env,
    config,
    clock: systemClock,
    bundled: {
      scriptedAgent: [
        process.execPath,
        ownProgram('scripted-agent.js', ['src', 'world', 'agents', 'scripted', 'main.ts']),
      ],
      roleServer: [process.execPath, ownProgram('role-server.js', ['src', 'world', 'agents', 'roles', 'server.ts'])],
    },
  });
  const proofs = proofPublisher({
    stateDir: directory,
    configuredKey: config.signing.key,
    version: VERSION,
    gitDoor: (vault) => openVerifyDoor(vault, null, gates),
    rules: openRulesDoor(rulesFolder(packageRoot())),
  });
  return {
    store,
    config,
    sandboxes,
    layers,
    git,
    forge: openForge({ env }),
    gates,
    agents: {
      ...agents,
      runTurn: (...asked) => {
        gates.whileIdle();
        return agents.runTurn(...asked);
      },
    },
    clock: systemClock,
    prices: openPrices(config.prices ?? {}),
    secrets: openSecrets({ env }),
    syntax,
    files: {
      ...files,
      own: ownPlaces(env),
      writeGoalFolder: (goal, content) => writeGoalFolder(files.goalDir(goal), content),
    },
    proofs: {
      ...proofs,
      build: (...asked) => {
        gates.whenOver();
        return proofs.build(...asked);
      },
    },
    cassettes: openCassettes(directory, config.replay?.maxBytes ?? MAX_CASSETTE),
    concurrency: capacity({ cores: availableParallelism(), freeBytes: process.availableMemory() }),
    agentsAtOnce: agentCapacity({ cores: availableParallelism(), freeBytes: process.availableMemory() }),
    version: VERSION,
    goalDir: files.goalDir,
  };
}

/** Where this user and this omk are, beside the state directory. */
const ownPlaces = (env: NodeJS.ProcessEnv): Readonly<Record<string, string>> => ({
  home: homeOf(env) ?? '',
  omk: packageRoot(),
  node: process.execPath,
  ...(tmpdir() === '/tmp' ? {} : { tmp: tmpdir() }),
});

/** The configuration of the user, and of a repository where it is given. */
export async function loadConfig(
  env: NodeJS.ProcessEnv,
  repositoryToml: { path: RepoPath; text: string } | null,
): Promise<Config> {
  const path = userConfigFile(env);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  return readConfig({ repositoryToml, userToml: text === null ? null : { path, text } });
}

/** A program that is started beside this one: as it was built, else its source. */
function ownProgram(built: string, source: readonly string[]): string {
  const file = join(packageRoot(), 'dist', built);
  return existsSync(file) ? file : join(packageRoot(), ...source);
}
