import type { Sandbox } from '../../domain/gates/evidence.ts';

export interface Bind {
  readonly from: string;
  /** Where it appears; the same path when left out. Without a sandbox only identical paths are possible. */
  readonly to?: string;
  readonly writable: boolean;
}

export interface SandboxRequest {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  /** The whole environment of the process: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly network: boolean;
  /**
   * `gate`: only system directories, toolchains on the PATH and `binds`; empty HOME and TMP that die with it.
   * `agent`: the machine read-only, an empty HOME, `hidden` directories empty, `binds` on top.
   */
  readonly view: 'gate' | 'agent';
  readonly binds: readonly Bind[];
  readonly hidden: readonly string[];
}

export interface SandboxedCommand {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly sandbox: Sandbox;
}

export interface Sandboxes {
  /** What this machine has, found once per process and really tried (a namespace is created). */
  detect(): Promise<Sandbox>;
  wrap(request: SandboxRequest): Promise<SandboxedCommand>;
}
