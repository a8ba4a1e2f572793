import type { Step } from './step.ts';
import type { Examined } from '../contract/examined.ts';
import type { StoredBudget } from '../budget/figures.ts';
import type { UsageEntry } from '../budget/usage-entry.ts';
import type { Admitted, Checkpoint, Exhausted, Extended } from '../budget/moment.ts';
import type { AgentSpec, ClaimedUsage, TurnOutcome } from '../agents/agent.ts';
import type { GatePolicy, GateSpec } from '../gates/gate.ts';
import type { Beside } from '../gates/beside-tree.ts';
import type { Measurement, Sandbox } from '../gates/evidence.ts';
import type { Snapshot } from '../git/snapshot.ts';
import type { BlobRef, CommitId, GoalId, RepoPath, Sha256, Timestamp, TreeId } from '../ids.ts';
import type { HeldOutContent, HeldOutOptions } from '../evidence/held-out.ts';
import type { Capture, Observed, Timing } from '../plan/command.ts';
import type { Given } from '../plan/given.ts';
import type { Hollowed } from '../evidence/hollow.ts';
import type { Submission } from './checks-submission.ts';
import type { KeptPlan } from '../plan/document.ts';
import type { PlanSubmission } from './plan-submission.ts';
import type { GoalClass, Plan, Task } from '../plan/plan.ts';
import type { SessionRole } from '../roles/role.ts';
import type { HandedIn } from '../roles/tools.ts';
import type { Landed } from './landed.ts';
import type { MergedTrees, MergeOf } from './merge.ts';
import type { Proposed } from './proposed.ts';
import type { LaidTests } from './laid-tests.ts';
import type { Rung } from './rung.ts';
import type { MergedWork, Pin, ReturnReason } from './task.ts';
import type { WaitedFor } from './waited-for.ts';
import type { DeliveryEvent, DeliveryOptions, Origin } from '../delivery/delivery.ts';
import type { Material } from '../delivery/material.ts';
import type { CommitAuthor } from './author.ts';
import type { Gap } from './gap.ts';
import type { Answer, Question } from '../evidence/question.ts';
import type { TerminalStatus } from '../status.ts';

/** Where a goal's code comes from. */
export interface RepositoryPin {
  /** Stable name of the repository on this machine: hex of sha256 over its common git directory's real path, 16 characters. */
  readonly id: string;
  /** Absolute path of the checkout the run was started in. */
  readonly root: string;
  readonly commit: CommitId;
  readonly tree: TreeId;
  readonly branch: string | null;
  readonly objectFormat: 'sha1' | 'sha256';
  /** The checkout had uncommitted changes, which the run does not see. */
  readonly dirty: boolean;
}

export interface GoalOptions {
  /** Commands given with `--check`, verbatim. */
  readonly checks: readonly string[];
  readonly knownRed: readonly string[];
  readonly allowNoChange: boolean;
  readonly maxAttempts: number;
  readonly maxTurns: number;
  readonly turnTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** Absent: no limits. */
  readonly budget?: StoredBudget;
  /** Nothing more is spent once a cost is unknown. Absent: false. */
  readonly requireKnownCost?: boolean;
  /**
   * Where nothing shows that a goal is done, the worker writes tests with its change, or another session before it. Absent: a person is
   * asked.
   */
  readonly oracle?: 'worker' | 'agent';
  /** `agent`: a fresh session looks at checks that may be wrong, once for each criterion, before a person is asked. Absent: a person is. */
  readonly oracleDisputes?: 'agent';
  /** Who must say what shows the goal: `approved` is another session and a person who read its tests. Absent: the worker may. */
  readonly requireOracle?: 'agent' | 'approved' | 'given';
  /** What must be so in the end and is not so on the base, as `parseFact` reads it. Absent: none. */
  readonly facts?: readonly string[];
  /** Commands that must do at the end what they do on the base. Absent: none. */
  readonly captures?: readonly Capture[];
  /** Commands that must take less time at the end. Absent: none. */
  readonly timings?: readonly Timing[];
  /** Absent: a fix or a feature. */
  readonly class?: GoalClass;
  /** The plan that a person gave, and the digest of its file. Absent: omk makes one of the prompt. */
  readonly plan?: KeptPlan;
  /**
   * A session makes a plan before the work: `always`, or `auto`, where another session writes tests and nothing that was given is red.
   * Absent: none does.
   */
  readonly planner?: 'auto' | 'always';
  /** No worker is paid before a person approved the plan. Absent: work goes on. */
  readonly approvePlan?: true;
  /** Checks that the agent never sees. Absent: none. */
  readonly heldOut?: HeldOutOptions;
  /** Every gate is executed, also where an earlier run of the same is known. Absent: false. */
  readonly noCache?: boolean;
  /** Gates run once on the base, so that what is unstable there is not known. Absent: twice. */
  readonly baseline?: 'once';
  /** A canary that was missed on a candidate is tried on the base first. Absent, as in logs of before: it is not. */
  readonly canaryOnBase?: boolean;
  /** Tests of the base are run with another expectation, too. Absent, as in logs of before: they are not. */
  readonly altered?: boolean;
  /** What a pass needs is run beside what is waited for. Absent, as in logs of before: one run after the other. */
  readonly ahead?: boolean;
  /** Of several tasks canaries and altered tests run on what is merged. Absent, as in logs of before: on each candidate, too. */
  readonly canariesMerged?: boolean;
  /** The proof says for each criterion how strong it is. Absent, as in logs of before: it does not. */
  readonly standings?: boolean;
  /** Checks that the worker saw are a commit of their own below the result. Absent, as in logs of before: they are part of it. */
  readonly checksFirst?: true;
  /** A person is asked about a change that no test shows, before another attempt is paid. Absent, as in logs of before: nobody is. */
  readonly asksUnshown?: true;
  /** What is said of plans and checks of other sessions, and whether tasks bring tests. Absent, as in logs of before: the first. */
  readonly oracleRules?: 2 | 3 | 4 | 5 | 6;
  /** Longest wait for a usage limit of the agent, in milliseconds. Absent: 6 hours. */
  readonly maxWaitMs?: number;
  /** Percent of the tokens and dollars that one of several tasks may use, where that is more than its equal share. Absent: 100. */
  readonly taskShare?: number;
  /** How many attempts of different tasks may be alive at once. Absent: one. */
  readonly maxAgents?: number;
  /** Who works on a task that the goal's agent gets nowhere with. Absent: nobody. */
  readonly fallbackAgent?: AgentSpec;
  /** Who works in sessions of a role, where that is another agent. Absent: the agent of the goal. */
  readonly roleAgents?: Readonly<Partial<Record<SessionRole, AgentSpec>>>;
  /** The rules that tasks follow (`task/rules.ts`). Absent, as in logs of before: the first. */
  readonly taskRules?: 2;
  /** Who the result commit is by. Absent: omk. */
  readonly author?: CommitAuthor;
  /** File that the cost of each session of an agent is appended to, besides the goal's folder. Absent: none. */
  readonly costTracker?: string;
  /** What becomes of a ready result. Absent: it stays here. */
  readonly delivery?: DeliveryOptions;
  /**
   * The most one report of the agent can be, as the user says: a model call, or a turn where it tells turns.
   * Decimal text; null: not said.
   */
  readonly largestReport?: { readonly tokens: string | null; readonly picoUsd: string | null };
}

/**
 * What was installed for the base: the digest of its layer, or null. `lacking`: manifests ask for something that
 * could not be installed as it is.
 */
export interface Dependencies {
  readonly layer: string | null;
  readonly detail: string;
  readonly lacking?: true;
  /** What checkouts get beside the tree. Absent: nothing but a `.git`, and in logs of before not even that. */
  readonly beside?: Beside;
  /** Lock files that omk made, because the base has none. Absent: none. */
  readonly locks?: readonly { readonly path: RepoPath; readonly blob: BlobRef }[];
}

export interface OutputLost {
  readonly stream: 'stdout' | 'stderr';
  /** The code of the error, such as `EPIPE` or `ENOSPC`. */
  readonly why: string;
}

/** What happened to a goal. Facts omk recorded itself; an agent's words appear only as claims in blobs. */
export type GoalEvent =
  | {
      readonly type: 'goal.created';
      readonly data: {
        readonly goal: GoalId;
        readonly prompt: string;
        readonly title: string;
        readonly repository: RepositoryPin;
        /** Absent: none works, the change is given. */
        readonly agent?: AgentSpec;
        /** Folders of the machine are in no command of an agent in the log. Absent, as in logs of before: they are. */
        readonly programs?: 'named';
        /** The change that is judged. Absent: an agent makes it. */
        readonly given?: Given;
        readonly options: GoalOptions;
        readonly omk: string;
        /** What it goes on with. Absent: it began here. */
        readonly origin?: Origin;
        /** Words of others that the agent is shown as data. Absent: none. */
        readonly material?: readonly Material[];
        /** Digest of the entry of a backlog that it works on, so that the entry is known again. Absent: of none. */
        readonly entry?: Sha256;
      };
    }
  | { readonly type: 'policy.resolved'; readonly data: { readonly policy: GatePolicy } }
  | { readonly type: 'dependencies.prepared'; readonly data: Dependencies }
  | { readonly type: 'gate.measured'; readonly data: Measurement }
  | { readonly type: 'checks.added'; readonly data: { readonly gates: readonly GateSpec[] } }
  /** Whether each fact of the goal is so in a tree. */
  | { readonly type: 'facts.read'; readonly data: { readonly tree: TreeId; readonly holds: readonly boolean[] } }
  /** One execution of a command whose output or time is compared. */
  | { readonly type: 'command.observed'; readonly data: Observed }
  | { readonly type: 'plan.made'; readonly data: { readonly plan: Plan; readonly refused: readonly string[] } }
  /** `as`: questions in which a person accepted these very changes, so that nobody is asked again. Absent: a person is asked. */
  | {
      readonly type: 'question.asked';
      readonly data: { readonly question: Question; readonly as?: readonly string[] };
    }
  | { readonly type: 'question.answered'; readonly data: { readonly question: string; readonly answer: Answer } }
  | {
      readonly type: 'attempt.started';
      readonly data: {
        readonly attempt: number;
        readonly task: string;
        /** `planner`: it makes the plan; `oracle`: it writes checks before the work. Absent: it works on the task. */
        readonly role?: SessionRole;
        readonly worktree: string;
        /** What is done differently after attempts that did not get there. Absent: nothing. */
        readonly rung?: Rung;
        /** `fallback`: the agent of `--fallback-agent` works. Absent: the agent of the goal. */
        readonly agent?: 'fallback';
        /** The integrated head it starts from. Absent: the base of the goal. */
        readonly base?: Pin;
        /** Work of its task that came back, and lies on the base in its worktree. Absent: nothing does. */
        readonly merged?: MergedWork;
        /** Where the budgets stood when the task was let in. Absent: a log from before. */
        readonly admission?: Admitted;
      };
    }
  | {
      readonly type: 'turn.started';
      readonly data: {
        readonly attempt: number;
        readonly turn: number;
        readonly prompt: BlobRef;
        /** Name of the text that the prompt was made of. Absent, as in logs of before: not told. */
        readonly text?: string;
      };
    }
  /** The agent opened a session, or continued one. */
  | {
      readonly type: 'session.opened';
      readonly data: { readonly attempt: number; readonly turn: number; readonly session: string };
    }
  | {
      readonly type: 'turn.ended';
      readonly data: {
        readonly attempt: number;
        readonly turn: number;
        readonly outcome: TurnOutcome;
        /** The agent's session, to continue it; null when it cannot be continued. */
        readonly session: string | null;
        /** Raw protocol stream, both directions, as newline-delimited JSON. */
        readonly stream: BlobRef | null;
        readonly stderr: BlobRef | null;
        readonly sandbox: Sandbox;
        readonly claimedUsage: ClaimedUsage;
        /** Requests for permission and how policy answered. */
        readonly permissions: readonly {
          readonly title: string;
          readonly decision: 'allowed' | 'refused';
          readonly reason: string;
        }[];
        readonly durationMs: number;
        /** The model that worked, as the agent says. Absent: it does not say, or a log of before. */
        readonly model?: string;
        /** What the session handed in through tools, the last of each. Absent: nothing. */
        readonly handed?: readonly HandedIn[];
        /** Output of the agent that was no message, and its first words. Absent: none. */
        readonly stray?: { readonly bytes: number; readonly first: string };
      };
    }
  | {
      readonly type: 'snapshot.taken';
      readonly data: { readonly attempt: number; readonly turn: number; readonly snapshot: Snapshot };
    }
  | {
      readonly type: 'candidate.examined';
      readonly data: Examined;
    }
  | { readonly type: 'candidate.hollowed'; readonly data: Hollowed }
  /** What an oracle left after a turn, as its rules read it. */
  | { readonly type: 'checks.submitted'; readonly data: Submission }
  /** Checks of another session may be wrong, and a fresh session looks at them: `--oracle-disputes agent`. */
  | {
      readonly type: 'checks.disputed';
      readonly data: {
        readonly commitment: Sha256;
        readonly paths: readonly RepoPath[];
        readonly why: readonly string[];
      };
    }
  /** What a planner handed in after a turn, as its rules read it. */
  | { readonly type: 'plan.submitted'; readonly data: PlanSubmission }
  /** A person wrote the plan anew before the work. */
  | { readonly type: 'plan.edited'; readonly data: KeptPlan }
  /** A person read the checks that are committed to, and the plan with that digest. Absent: there are none, or there is none. */
  | { readonly type: 'plan.approved'; readonly data: { readonly commitment?: Sha256; readonly plan?: Sha256 } }
  /** A person wants another plan, or other checks. */
  | { readonly type: 'plan.rejected'; readonly data: { readonly why: string } }
  | {
      readonly type: 'attempt.ended';
      readonly data: {
        readonly attempt: number;
        readonly why: 'accepted' | 'no_progress' | 'turns_spent' | 'agent_failed';
      };
    }
  /** What merging a candidate onto another tree gave. */
  | { readonly type: 'trees.merged'; readonly data: MergeOf & { readonly merged: MergedTrees } }
  /** Accepted work of tasks became part of the result, one commit each; `tree`, that of the last, is the one that was judged. */
  | {
      readonly type: 'tasks.integrated';
      readonly data: { readonly tree: TreeId; readonly ref: string; readonly tasks: readonly Landed[] };
    }
  /** Accepted work did not land: the task begins again, with the reason. */
  | {
      readonly type: 'task.returned';
      readonly data: { readonly task: string; readonly attempt: number; readonly why: ReturnReason };
    }
  /** The agent of an attempt asked for a further task: taken, or refused with the reason. */
  | { readonly type: 'task.proposed'; readonly data: Proposed & { readonly admission?: Admitted } }
  /** The tests of a head, laid over what was made from it. */
  | { readonly type: 'tests.laid'; readonly data: LaidTests }
  /** What the task is to bring is in the head already: it needs no agent. */
  | {
      readonly type: 'task.dropped';
      readonly data: { readonly task: string; readonly why: 'done'; readonly head: Pin };
    }
  /** The plan gains a task while agents work. */
  | { readonly type: 'task.added'; readonly data: { readonly task: Task } }
  /** No attempt is left: what depends on the task is dropped, the rest goes on. */
  | { readonly type: 'task.given_up'; readonly data: { readonly task: string } }
  /** What was committed to when the goal was created: for the proof, when nothing is left to hide it from. */
  | { readonly type: 'held_out.revealed'; readonly data: HeldOutContent }
  | {
      readonly type: 'goal.integrated';
      readonly data: {
        readonly tree: TreeId;
        readonly commit: CommitId;
        readonly ref: string;
        /** The commit below it that has the checks that the worker saw. Absent: there are none, and in logs of before. */
        readonly checks?: CommitId;
      };
    }
  /** What an agent says it used: one delta of the ledger. */
  | { readonly type: 'usage.recorded'; readonly data: UsageEntry }
  | { readonly type: 'budget.checkpoint'; readonly data: Checkpoint }
  | { readonly type: 'budget.exhausted'; readonly data: Exhausted }
  | { readonly type: 'budget.extended'; readonly data: Extended }
  /** The agent's usage limit, or an overload: the goal waits, which is no failure. */
  | {
      readonly type: 'wait.started';
      readonly data: {
        readonly attempt: number;
        readonly turn: number;
        readonly until: Timestamp;
        readonly told: 'agent' | 'backoff';
        readonly detail: string;
        /** Absent: for a usage limit. */
        readonly why?: Exclude<WaitedFor, 'usage_limit'>;
      };
    }
  | {
      readonly type: 'wait.ended';
      readonly data: { readonly attempt: number; readonly turn: number; readonly waitedMs: number };
    }
  /** What this run says can no longer be written; the work goes on without it. */
  | { readonly type: 'output.lost'; readonly data: OutputLost }
  /** The hash of the state that the events before it make, over the named projection: what a replay compares. */
  | {
      readonly type: 'state.checkpoint';
      readonly data: { readonly projection: string; readonly sha256: Sha256 };
    }
  | {
      readonly type: 'goal.paused';
      /** `step`: what was asked for is done. Absent: somebody stopped the work. */
      readonly data: { readonly why: string; readonly step?: Step };
    }
  | {
      readonly type: 'goal.resumed';
      /** `step`: only this part of the work, then the goal pauses. Absent: all of it. */
      readonly data: { readonly why: string; readonly step?: Step };
    }
  | {
      readonly type: 'goal.cancelled';
      readonly data: { readonly why: string; readonly omk?: string; readonly rules?: string };
    }
  | {
      readonly type: 'goal.ended';
      readonly data: {
        readonly status: Exclude<TerminalStatus, 'cancelled'>;
        readonly gaps: readonly Gap[];
        readonly failure: { readonly code: string; readonly text: string; readonly fix: string } | null;
        /** The version of omk that ended it, which its proof names. Absent: that of whoever makes the proof. */
        readonly omk?: string;
        /** The rule set that judged, such as `judge/1`. Absent: a log from before they had names. */
        readonly rules?: string;
      };
    }
  | DeliveryEvent;

export type EventType = GoalEvent['type'];

/** One line of a goal's log: canonical JSON, `prev` = sha256 of the line before (64 zeros for the first). */
export type LoggedEvent = GoalEvent & {
  /** Of the line it was read from. */
  readonly v: 1 | 2;
  /** 0 for the first event. */
  readonly seq: number;
  readonly ts: Timestamp;
  readonly prev: Sha256;
};
