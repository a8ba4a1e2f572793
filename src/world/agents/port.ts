import type { AgentSpec, AnsweredQuestion, ClaimedUsage, Unavailable, TurnOutcome } from '../../domain/agents/agent.ts';
import type { UsageReport } from '../../domain/budget/report.ts';
import type { Sandbox } from '../../domain/gates/evidence.ts';
import type { Bind } from '../sandbox/port.ts';

/** What is going on inside a turn, for people; nothing is decided from it. Text is stripped of control sequences. */
export type Activity =
  | { readonly kind: 'session'; readonly id: string; readonly resumed: boolean }
  | { readonly kind: 'says'; readonly text: string }
  | { readonly kind: 'thinks'; readonly text: string }
  | { readonly kind: 'tool'; readonly id: string; readonly title: string; readonly status: string }
  | { readonly kind: 'plan'; readonly entries: readonly { readonly text: string; readonly status: string }[] }
  /** What the agent says it used so far in this session. */
  | { readonly kind: 'usage'; readonly session: string; readonly reports: readonly UsageReport[] }
  | {
      readonly kind: 'permission';
      readonly title: string;
      readonly decision: 'allowed' | 'refused';
      readonly reason: string;
    };

/** A tool that a session is offered, as the Model Context Protocol describes one. */
export interface ToolSpec {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its arguments, an object. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

export interface ToolAnswer {
  /** Whether it was taken. */
  readonly isTaken: boolean;
  /** What the agent reads. */
  readonly text: string;
}

/** Asked for each call; `given` are the arguments as JSON. */
export type AnswerTool = (name: string, given: string) => Promise<ToolAnswer> | ToolAnswer;

/** A call that was answered. */
export interface HandedCall {
  readonly name: string;
  readonly given: string;
}

export interface TurnRequest {
  readonly agent: AgentSpec;
  /** Continue this session if the agent can; otherwise a new one is opened and `resumed` is false. */
  readonly session: string | null;
  readonly prompt: string;
  /** Used instead of `prompt` when the session could not be continued: carries the context again. */
  readonly freshPrompt: string;
  readonly worktree: string;
  /** Private to the attempt, kept between turns: the agent's TMPDIR and state of agents without a preset. */
  readonly scratch: string;
  /** Directories the agent must not see: state directory, user's checkout, vault, keys. The worktree may lie inside them. */
  readonly hidden: readonly string[];
  /** Extra environment and PATH entries for the dependency layer. */
  readonly env: Readonly<Record<string, string>>;
  readonly pathPrefix: readonly string[];
  /** Where the sandbox shows the dependency layer. Absent: the agent has a copy of its own. */
  readonly layer?: readonly Bind[];
  /** Values that nothing kept of the turn may show. Absent: none but the user's own. */
  readonly secrets?: readonly string[];
  /** Questions of the agent that a person answered. Absent: none. */
  readonly answers?: readonly AnsweredQuestion[];
  /** What the session may hand in. Absent: nothing but its tree. */
  readonly tools?: readonly ToolSpec[];
  /** Only until the agent has answered that it is there. */
  readonly startOnly?: true;
  readonly turnTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** Value of `OMK_ATTEMPT` in the environment of everything started, to find strays by. */
  readonly marker: string;
  /** Where the raw stream and stderr are written; omk stores them afterwards. */
  readonly streamFile: string;
  readonly stderrFile: string;
}

export interface TurnResult {
  readonly outcome: TurnOutcome;
  readonly session: string | null;
  readonly resumed: boolean;
  readonly sandbox: Sandbox;
  readonly claimedUsage: ClaimedUsage;
  readonly permissions: readonly {
    readonly title: string;
    readonly decision: 'allowed' | 'refused';
    readonly reason: string;
  }[];
  readonly durationMs: number;
  readonly info?: AgentInfo;
  /** The model that worked, as the agent says. Absent: it does not say. */
  readonly model?: string;
  /** The last call of each tool. Absent: none was called. */
  readonly handed?: readonly HandedCall[];
  /** Output that was no message, and its first words. Absent: none. */
  readonly stray?: { readonly bytes: number; readonly first: string };
}

/** What an agent says of itself when it starts. */
export interface AgentInfo {
  readonly name: string | null;
  readonly version: string | null;
}

export interface StartedAgent {
  /** Null when it answered. */
  readonly failure: { readonly reason: Unavailable | 'failed'; readonly detail: string } | null;
  readonly info: AgentInfo;
  readonly durationMs: number;
  /** Where a login was found, or null; `unknown` for an agent omk has no preset of. */
  readonly login:
    | { readonly kind: 'found'; readonly where: string }
    | { readonly kind: 'none'; readonly fix: string }
    | { readonly kind: 'unknown' };
  /** The Node it needs as `node` on the PATH, and the one that is there. */
  readonly node: { readonly needs: string; readonly has: string | null } | null;
}

interface UsageRequest {
  readonly agent: AgentSpec;
  readonly session: string;
  readonly streamFile: string;
}

export interface FoundAgent {
  readonly name: string;
  /** Null when the preset's program is not on the PATH; then `fix` says how to get it. */
  readonly spec: AgentSpec | null;
  readonly path: string | null;
  /** Why it cannot be used; empty when it can. */
  readonly why: string;
  readonly fix: string;
}

export interface Agents {
  /**
   * One turn in one process tree. When it returns, every process of the turn is dead (trust rule T11). `answer` is asked for each call
   * of a tool.
   */
  runTurn(
    request: TurnRequest,
    observe: (activity: Activity) => void,
    signal: AbortSignal,
    answer?: AnswerTool,
  ): Promise<TurnResult>;
  /** What a turn told about its usage, read again from its recording and the agent's own files, for a turn omk did not see the end of. */
  usage(request: UsageRequest): Promise<readonly UsageReport[]>;
  /** Ends whatever still lives with this marker, for example after omk itself was killed. Returns how many. */
  endStrays(marker: string): Promise<number>;
  /** Presets and configured agents, and whether they are on this machine. */
  find(): Promise<readonly FoundAgent[]>;
  /** Why an agent cannot be started on this machine, and how to mend it; null when its program is there. */
  missing(agent: AgentSpec): { readonly why: string; readonly fix: string } | null;
  /** What a person should know of how an agent runs here, before it is paid for; null when there is nothing. */
  note(agent: AgentSpec): Promise<string | null>;
  /** Starts an agent up to its first answer, and ends it again. */
  start(agent: AgentSpec, signal: AbortSignal): Promise<StartedAgent>;
  /** `--agent` text to a spec: a preset, a configured name, or a command line. `OmkError` `AGENT_UNKNOWN`. */
  resolve(text: string): Promise<AgentSpec>;
}
