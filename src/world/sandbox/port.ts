import type { Mark } from '../process/mark.ts';
import type { Sandbox } from '../../domain/gates/evidence.ts';

export interface Bind {
  readonly from: string;
  /** Where it appears; the same path when left out. Without a sandbox only identical paths are possible. */
  readonly to?: string;
  readonly writable: boolean;
  /**
   * What is not `writable` can be written to by this process and those below it, which alone see that, and it
   * dies with them. Read-only where the machine has no way to do it.
   */
  readonly overlay?: true | Kept;
}

/** What is written over a folder is kept, below `in`, for the next process that is shown the folder with the same. */
interface Kept {
  readonly in: string;
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
  /** What the machine is called in a sandbox; its own name when left out. */
  readonly hostname?: string;
  /** What its processes are found by where there is no sandbox that ends them; random when left out. */
  readonly marker?: Mark;
}

export interface SandboxedCommand {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly sandbox: Sandbox;
  /** Only without a sandbox, where processes can outlive their parent. */
  readonly marker?: Mark;
}

export interface Sandboxes {
  /** What this machine has, found once per process and really tried (a namespace is created). */
  detect(): Promise<Sandbox>;
  /** Whether what is written over a folder can be kept below this one: not every file system can do it. */
  keepsOverlays(folder: string): Promise<boolean>;
  wrap(request: SandboxRequest): Promise<SandboxedCommand>;
}
