import type { Json } from '../../../domain/canonical.ts';
import type { GitBlobId, RepoPath, TreeId } from '../../../domain/ids.ts';
import type { Sandboxes } from '../../sandbox/port.ts';
import type { Layer } from '../port.ts';

/** `base`: the user's own manifests, installed as the user would. `candidate`: an agent's, without scripts and secrets (trust rule T14). */
export type Trust = 'base' | 'candidate';

/** What a build may use. All folders are this build's own and thrown away, but for `out`, which becomes the layer. */
export interface Build {
  readonly trust: Trust;
  /** The whole tree, so that paths in manifests lead somewhere. */
  readonly checkout: string;
  /** Where `checkout` is a folder of the tree: the whole of it. */
  readonly root?: string;
  readonly out: string;
  /** Where `out` will be. */
  readonly final: string;
  /** For output and generated configuration. */
  readonly scratch: string;
  /** Downloads, kept between builds of the same trust. */
  readonly downloads: string;
  /** For a candidate, what the same manager installed for the base, to begin with; null when that is nothing. */
  readonly seed: string | null;
  /** Folders of the managers before this one in the list, by name. */
  readonly before: ReadonlyMap<string, string>;
  /** What was installed for the tree before; absent where that is nothing. */
  readonly layer?: Layer;
  /** PATH of gates. */
  readonly path: RepoPath;
  /** Folders of earlier layers that the PATH leads to. */
  readonly programs: readonly string[];
  /** The user's environment, of which each manager takes what it knows. */
  readonly env: NodeJS.ProcessEnv;
  /** A `.git` of the base, for what asks git; to be copied. */
  readonly git?: string;
  readonly sandboxes: Sandboxes;
}

export type Failed = { readonly kind: 'failed'; readonly detail: string; readonly tail: string };
export type Step = { readonly kind: 'done' } | Failed;
export interface Done {
  readonly kind: 'done';
  readonly nested: readonly string[];
  /** What could not be done and is no failure, for people. */
  readonly note?: string;
}
export type Installed = Done | Failed;

/** Where a finished layer lies and what uses it. Paths are relative to the layer's folder. */
export interface Shape {
  readonly manager: string;
  /** `node_modules`, `venv`, … */
  readonly folder: string;
  /**
   * `tree`: in the checkout, at `folder`. `fixed`: at the same path in every sandbox. `own`: where it lies,
   * because it names its own path. `home`: as `fixed`, and each gate may write to a copy.
   */
  readonly place: 'tree' | 'fixed' | 'own' | 'home';
  /** Gates may write to a copy of all of it that lies in the checkout. */
  readonly writable?: true;
  /** What a gate needs in its environment, `$DIR` standing for the absolute path of `folder`. */
  readonly env: Readonly<Record<string, string>>;
  /** The same for gates only, which have no network. */
  readonly offline?: Readonly<Record<string, string>>;
  readonly pathPrefix: readonly string[];
  /** The layers after it are built with its programs. */
  readonly programs?: true;
  /** `build`: only the layers after it see it. `last`: comes behind the others for gates and agents, although it is built before them. */
  readonly use?: 'build' | 'last';
  /** Files in it name the checkout by the path it has in gates, and `nested` are files that each checkout gets a copy of. */
  readonly namesCheckout?: true;
}

/** Where a folder that has the same path in every sandbox is there. */
export const fixedPlace = (folder: string): string => `/omk/deps/${folder}`;

/** A lock file that the tree does not have: made once for what the manifests say, kept outside of the tree, and installed from. */
export interface Unlocked {
  /** Where the manager looks for it and leaves it. */
  readonly file: RepoPath;
  /** Makes it in the checkout of a build, without running code of the tree. Begins with the base's where one lies there. */
  resolve(build: Build): Promise<Step>;
}

export interface Plan extends Shape {
  readonly kind: 'plan';
  /** Everything that decides what is installed, besides trust, platform and tool versions. */
  readonly inputs: Json;
  /** Programs whose versions decide too. */
  readonly tools: readonly string[];
  /** Under which name it keeps what it fetched; that of the manager where left out. */
  readonly downloads?: string;
  /**
   * `base`: always built from the base, whatever tree it is for; where that fails, gates run without it, and it
   * is said. `tree`: from what the tree itself has to compile.
   */
  readonly of?: 'base' | 'tree';
  /** Where it fails with `of: 'base'`, what gates need is lacking. */
  readonly needed?: true;
  /** Left out where the machine's own program says a version that will do. */
  readonly unless?: { readonly tool: string; does(installed: string): boolean };
  /** More that decides what is installed: what earlier layers have to say. */
  readonly after?: ((before: Build['before']) => Promise<Json>) | undefined;
  /** The gates themselves start them: where one is missing, a gate that needs it says so, and others need no layer. */
  readonly startedByGates?: true;
  /** The tree has no lock file: one is made first, and what it says is part of the inputs. */
  readonly unlocked?: Unlocked;
  /** Fills `build.out/<folder>`, and `build.out/nested/<path>` for each of `nested`. */
  install(build: Build): Promise<Installed>;
}

export type Planned =
  | Plan
  /**
   * Nothing to install; `declared` when there is something that cannot be installed as it is. `why` is null
   * where this manager is not meant at all. `told`: it is said also where others install something.
   */
  | { readonly kind: 'none'; readonly why: string | null; readonly declared: boolean; readonly told?: true }
  | { readonly kind: 'failed'; readonly detail: string };

/** `env` is the user's. */
export type Planner = (files: ManifestReader, tree: TreeId, env?: NodeJS.ProcessEnv) => Promise<Planned>;

/** The files of the tree that a planner looks at; for a candidate, with the settings of the base. */
export interface ManifestReader {
  readonly trust: Trust;
  /** A lock file of the tree that is to be made again, as if there were none; it says only whose it is. */
  readonly remade?: { readonly path: RepoPath; readonly text: string };
  /** The same of the base; itself for the base. */
  readonly base: Pick<ManifestReader, 'entries' | 'text'> & {
    readonly tree: TreeId;
    /** The last tag before it in the user's clone. */
    readonly tag?: string | null;
  };
  readonly entries: readonly { readonly path: RepoPath; readonly mode: string; readonly id: GitBlobId }[];
  text(path: RepoPath): Promise<string | null>;
}
