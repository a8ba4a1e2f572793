import type { AgentSpec } from '../../domain/agents/agent.ts';
import { everyAttempt, type DataOf, type TurnState } from '../../domain/goal/state.ts';
import { withoutFolders } from '../../domain/log/programs.ts';
import type { SessionRole } from '../../domain/roles/role.ts';
import type { BlobRef, TreeId } from '../../domain/ids.ts';
import { sha256Hex } from '../format/bytes.ts';
import type { Facts } from './facts.ts';
import { statement, type Statement } from './statement.ts';
import { judged } from './subject.ts';

const TURNS = 'https://omk.dev/turns/v1';

/** What the agent was asked and what each turn left behind, by digest. Nothing an agent said of itself counts for anything. */
export function turnsStatement(facts: Facts): Statement {
  const { agent, programs, repository, options } = facts.created;
  // As in the line: the folders of the machine are in no proof.
  const told = (spec: AgentSpec): object => named(spec, programs === 'named' ? withoutFolders : (word) => word);
  const ended = facts.events.flatMap((event) => (event.type === 'turn.ended' ? [event.data] : []));
  const turns = everyAttempt(facts.state).flatMap(({ attempt, task, role, base, agent: by, turns: list }) =>
    list.map((turn, index) => ({
      attempt,
      task,
      ...(role === undefined ? {} : { role }),
      ...(by === undefined ? {} : { agent: by }),
      turn: turn.turn,
      treeBefore: treeBefore(list.slice(0, index), base?.tree ?? repository.tree),
      treeAfter: turn.snapshot?.candidate ?? null,
      salvage: turn.snapshot?.salvage ?? null,
      prompt: digest(turn.prompt),
      ...(turn.model === undefined ? {} : { model: turn.model }),
      outcome: turn.outcome ?? { kind: 'open' },
      ...record(ended.findLast((each) => each.attempt === attempt && each.turn === turn.turn)),
    })),
  );
  return statement(TURNS, judged(facts), {
    agent: agent ? told(agent) : null,
    // Absent where there is none, as in proofs of before.
    ...(options.roleAgents ? { roles: namedRoles(options.roleAgents, told) } : {}),
    ...(options.fallbackAgent ? { fallback: told(options.fallbackAgent) } : {}),
    turns,
  });
}

const named = ({ name, preset, argv, model }: AgentSpec, word: (word: string) => string): object => ({
  name,
  preset,
  argv: argv.map(word),
  ...(model === undefined ? {} : { model }),
});

const namedRoles = (
  roles: Readonly<Partial<Record<SessionRole, AgentSpec>>>,
  told: (spec: AgentSpec) => object,
): object => Object.fromEntries(Object.entries(roles).map(([role, agent]) => [role, told(agent)]));

const treeBefore = (before: readonly TurnState[], base: TreeId): TreeId =>
  before.findLast((each) => each.snapshot !== null)?.snapshot?.candidate ?? base;

const digest = (blob: BlobRef | null): object | null =>
  blob && { sha256: blob.sha256, bytes: blob.bytes, truncated: blob.truncated };

function record(end: DataOf<'turn.ended'> | undefined): object {
  if (!end) return {};
  const { inputTokens = null, outputTokens = null, costUsd } = end.claimedUsage;
  return {
    stream: digest(end.stream),
    stderr: digest(end.stderr),
    sandbox: end.sandbox,
    session: end.session === null ? null : sha256Hex(end.session),
    permissions: {
      allowed: end.permissions.filter((each) => each.decision === 'allowed').length,
      refused: end.permissions.filter((each) => each.decision === 'refused').length,
    },
    // Claims of the agent. Money is a fraction, and signed text holds integers and strings only.
    claimedUsage: { inputTokens, outputTokens, costUsd: costUsd === undefined ? null : String(costUsd) },
    durationMs: end.durationMs,
  };
}
