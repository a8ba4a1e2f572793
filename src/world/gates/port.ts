import type { GatePolicy, GateSpec } from '../../domain/gates/gate.ts';
import type { CacheParts, Canary, Measurement, Purpose } from '../../domain/gates/evidence.ts';
import type { BlobRef, GoalId, RepoPath, Sha256, TreeId } from '../../domain/ids.ts';
import type { Supplies, Vault } from '../git/port.ts';

/** One folder of a dependency layer. */
export interface LayerPlace {
  /** Absolute path of what was installed. */
  readonly dir: string;
  /** Where a checkout expects it, relative; null when the PATH or a variable leads to it. */
  readonly mount: RepoPath | null;
  /** The same absolute path in every sandbox, whatever the layer; absent: the place it has on this machine. */
  readonly fixed?: string;
  /** Written to by what uses it: every gate gets a copy to write to, which dies with it. */
  readonly writable?: true;
  /** Files in it name the checkout by the path it has in every sandbox; a copy for another place is changed. */
  readonly namesCheckout?: true;
}

/** A lock file that omk made for a tree that has none. */
export interface MadeLock {
  readonly path: RepoPath;
  readonly text: string;
}

/** A dependency layer built from one tree's manifests. */
export interface Layer extends LayerPlace {
  /** sha256 over the manifests, the tools and the files installed; part of every verdict made with it. */
  readonly digest: string;
  /** The managers it was made by, for people. */
  readonly kind: string;
  /** Values name `dir`; whoever places it elsewhere changes them. */
  readonly env: Readonly<Record<string, string>>;
  /** For gates only, which have no network: agents may add what is not there. */
  readonly offline?: Readonly<Record<string, string>>;
  readonly pathPrefix: readonly string[];
  /** What it was installed from where the tree does not say it. */
  readonly locks?: readonly MadeLock[];
  /** Folders that belong to it besides `dir`: a workspace's own `node_modules`, a virtual environment beside a `node_modules`. */
  readonly more?: readonly LayerPlace[];
}

export type LayerResult =
  /** `lacking`: the manifests ask for something, which cannot be installed as it is. */
  | { readonly kind: 'none'; readonly why: string; readonly lacking?: true }
  | { readonly kind: 'layer'; readonly layer: Layer }
  | { readonly kind: 'failed'; readonly detail: string; readonly tail: string };

/** What a command is given whose output is compared. */
export interface CommandFeed {
  readonly stdin: string;
  /** New files of the checkout. */
  readonly input: Readonly<Record<RepoPath, string>>;
  /** On a machine with another name, place, home and language, and one core, as far as there is a sandbox. Absent: as gates run. */
  readonly elsewhere?: true;
  /** Files that are taken out of the checkout. Absent: none. */
  readonly without?: readonly RepoPath[];
  /** Files that are kept as they are afterwards. */
  readonly outputs: readonly RepoPath[];
}

export interface CommandOutput {
  /** `stdout`, `stderr`, and the files that are there. */
  readonly parts: readonly { readonly name: string; readonly content: Uint8Array }[];
  /** Of the parts, files of the checkout that it wrote and nobody named, without what git ignores. Absent in old recordings. */
  readonly wrote?: readonly RepoPath[];
  readonly wallMs: number;
}

export interface RunGateRequest {
  readonly gate: GateSpec;
  readonly purpose: Purpose;
  readonly round: number;
  readonly tree: TreeId;
  /** What the tree is a candidate for: what this does not have is made to look old. Absent: nothing is. */
  readonly base?: TreeId;
  /** Ask for a canary to be planted in a test file of this base tree. */
  readonly canaryBase: TreeId | null;
  /** The only files a canary may be planted in. Absent: every test file of `canaryBase`. */
  readonly canaryIn?: readonly RepoPath[];
  /** Ids of tests that the gate ran at the base: where not all files get a canary, those of these do first. */
  readonly known?: readonly string[];
  /** Those of them that are to become green: their expectations are changed first. */
  readonly red?: readonly string[];
  /** Its tests run in another order than the usual one, where the runner has an option for it. Absent: in the usual one. */
  readonly reordered?: true;
  /** Ends it sooner than the gate's own limit. */
  readonly limitMs?: number;
  readonly layer: Layer | null;
  readonly vault: Vault;
  /** Files of which it is to be seen whether the run opens them. Absent: none. */
  readonly watched?: readonly RepoPath[];
  /** Its output is kept in parts. Absent: it is not. */
  readonly feed?: CommandFeed;
  /** What its checkout gets beside the tree. Absent: nothing. */
  readonly supplies?: Supplies;
  /** The goal it is for, null outside of goals, and whether an earlier run of the same may stand for it. Absent: executed, and not kept. */
  readonly cache?: { readonly goal: GoalId | null; readonly reuse: boolean };
}

/** What a run would be looked up under. */
export type CacheKey =
  | { readonly kind: 'none'; readonly why: string }
  | { readonly kind: 'key'; readonly key: Sha256; readonly parts: CacheParts; readonly kept: number };

/** A lock file made again; `unknown`: omk knows no package manager that would. */
export type Relocked =
  | { readonly kind: 'made'; readonly text: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly detail: string };

export interface PutBlob {
  putBlob(content: Uint8Array, truncated?: boolean): Promise<BlobRef>;
  putFile(path: string, cap?: number): Promise<BlobRef>;
}

export interface Blobs extends PutBlob {
  getBlob(sha256: Sha256): Promise<Uint8Array | null>;
}

/** The part of a vault that tells what judges a tree. */
export type TreeReader = Pick<Vault, 'readFile' | 'readTexts' | 'listTree'>;

export interface Gates {
  /** `.omk/gates.toml` at the tree, else detected. `OmkError` `GATES_INVALID` with file, line and sentence. */
  resolve(vault: TreeReader, tree: TreeId): Promise<GatePolicy>;
  /** `--check` text to the gate `id`. `OmkError` `CHECK_INVALID`. */
  check(text: string, id: string, vault: Vault, tree: TreeId): Promise<GateSpec>;
  /**
   * The layer for a tree's manifests, built once per content. The base's own (`tree` is `base`) may use the user's package configuration;
   * any other is a candidate's: scripts off, without secrets, with the settings of the base.
   */
  layer(vault: Vault, tree: TreeId, base: TreeId, supplies?: Supplies): Promise<LayerResult>;
  /**
   * Makes the lock file of a tree again for what its manifests say: as little as they ask for is changed. Without scripts and secrets, and
   * with the settings of the base, as for the layer of a candidate.
   */
  relock(vault: Vault, tree: TreeId, base: TreeId, lock: RepoPath, supplies?: Supplies): Promise<Relocked>;
  /** Whether a canary can be planted for this gate in this base tree, or in these files of it; else why not, as a sentence. */
  canaryFor(
    vault: Vault,
    base: TreeId,
    gate: GateSpec,
    only?: readonly RepoPath[],
  ): Promise<{ readonly kind: 'planted'; readonly canary: Canary } | { readonly kind: 'none'; readonly why: string }>;
  /** What an execution like this one is kept under, and how many are. */
  cacheKey(request: RunGateRequest): Promise<CacheKey>;
  run(
    request: RunGateRequest,
    observe: (line: string) => void,
    signal: AbortSignal,
  ): Promise<Measurement & { readonly output?: CommandOutput }>;
  /** Ends what gates of processes that are dead left running, and removes their folders. */
  endDead(): Promise<void>;
  /** Removes what runs left on the disk. A run removes nothing itself, so that nobody waits for that. */
  clear(): Promise<void>;
}
