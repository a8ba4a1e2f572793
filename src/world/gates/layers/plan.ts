import type { Json } from '../../../domain/canonical.ts';
import type { TreeId } from '../../../domain/ids.ts';
import type { Sandboxes } from '../../sandbox/port.ts';

/** `base`: the user's own manifests, installed as the user would. `candidate`: an agent's, without scripts and secrets (trust rule T14). */
export type Trust = 'base' | 'candidate';

/** What a build may use. All folders are this build's own and thrown away, but for `out`, which becomes the layer. */
export interface Build {
  readonly trust: Trust;
  /** The whole tree, so that paths in manifests lead somewhere. */
  readonly checkout: string;
  readonly out: string;
  /** Where `out` will be. */
  readonly final: string;
  /** For output and generated configuration. */
  readonly scratch: string;
  /** Downloads, kept between builds of the same trust. */
  readonly downloads: string;
  /** PATH of gates. */
  readonly path: string;
  /** The user's environment, of which each manager takes what it knows. */
  readonly env: NodeJS.ProcessEnv;
  readonly sandboxes: Sandboxes;
}

export type Failed = { readonly kind: 'failed'; readonly detail: string; readonly tail: string };
export type Step = { readonly kind: 'done' } | Failed;

/** Where a finished layer lies and what uses it. Paths are relative to the layer's folder. */
export interface Shape {
  readonly manager: 'npm' | 'pip';
  /** `node_modules` or `venv`. */
  readonly folder: string;
  /** What a gate needs in its environment, `$DIR` standing for the absolute path of `folder`. */
  readonly env: Readonly<Record<string, string>>;
  readonly pathPrefix: readonly string[];
}

export interface Plan extends Shape {
  readonly kind: 'plan';
  /** Everything that decides what is installed, besides trust, platform and tool versions. */
  readonly inputs: Json;
  /** Programs whose versions decide too. */
  readonly tools: readonly string[];
  /** Fills `build.out/<folder>`, and `build.out/nested/<path>` for each of `nested`. */
  install(build: Build): Promise<{ readonly kind: 'done'; readonly nested: readonly string[] } | Failed>;
}

export type Planned =
  | Plan
  /** Nothing to install; `declared` when there is something that cannot be installed as it is. */
  | { readonly kind: 'none'; readonly why: string; readonly declared: boolean }
  | { readonly kind: 'failed'; readonly detail: string };

export type Planner = (files: ManifestReader, tree: TreeId) => Promise<Planned>;

/** The files of the tree that a planner looks at. */
export interface ManifestReader {
  readonly entries: readonly { readonly path: string; readonly mode: string; readonly id: string }[];
  text(path: string): Promise<string | null>;
}
