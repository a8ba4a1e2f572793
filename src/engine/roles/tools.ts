import type { SessionRole } from '../../domain/roles/role.ts';
import { hasManyTasks, type AttemptState, type GoalState } from '../../domain/goal/state.ts';
import { noteProblem } from '../../domain/goal/checks-submission.ts';
import { readProposal, ruleOn } from '../../domain/task/proposal.ts';
import { toolsOf, type Around, type ToolName } from '../../domain/roles/tools.ts';
import type { TurnOutcome } from '../../domain/agents/agent.ts';
import { acceptedChecks } from '../../domain/held-out/evidence.ts';
import { visibleOf } from '../../domain/held-out/options.ts';
import { readDisputes } from '../../domain/oracle/claimed.ts';
import { NOT_ASKED, readAsked } from '../../domain/roles/asked.ts';
import type { AnswerTool, HandedCall, ToolAnswer, ToolSpec } from '../../world/agents/port.ts';
import { planJsonSchema } from '../plan/schema.ts';
import { planOf } from '../planner/read-plan.ts';

/** What a tool is to the agent, and what omk says to a call of it. */
interface Tool {
  readonly description: string;
  readonly inputSchema: () => Readonly<Record<string, unknown>>;
  /** What is wrong with the arguments; empty: nothing that can be seen now. */
  readonly problems: (state: GoalState, given: string, attempt: number) => readonly string[];
}

/** Something refused so often in one turn is not looked at again. */
const MOST_REFUSED = 3;

const TOOLS: Readonly<Record<ToolName, Tool>> = {
  plan_submit: {
    description:
      'Hands in the plan of the goal. The answer says what is wrong with it; the last one that was handed in counts.',
    inputSchema: () => ({ ...planJsonSchema() }),
    problems: (state, given) => {
      const read = planOf(state, Buffer.from(given));
      return read.kind === 'refused' ? read.why : [];
    },
  },
  check_submit: {
    description:
      'Says which of the test files that you wrote decide what, and which names they use. ' +
      'The files themselves are taken from the working directory.',
    inputSchema: () => ({
      type: 'object',
      properties: {
        criteria: {
          type: 'array',
          items: {
            type: 'object',
            properties: {
              id: { type: 'string' },
              text: { type: 'string' },
              files: { type: 'array', items: { type: 'string' } },
            },
            required: ['id', 'text', 'files'],
          },
        },
        interface: { type: 'array', items: { type: 'string' } },
      },
      required: ['criteria'],
    }),
    problems: (_state, given) => {
      const problem = noteProblem(given);
      return problem === null ? [] : [problem];
    },
  },
  check_dispute: {
    description:
      'Says that checks which another session wrote are wrong, and why. Nothing is decided by it: go on with the rest, and a person ' +
      'is asked at the end where nothing else is red.',
    inputSchema: () => ({
      type: 'object',
      properties: {
        disputes: {
          type: 'array',
          items: {
            type: 'object',
            properties: { check: { type: 'string' }, why: { type: 'string' } },
            required: ['check', 'why'],
          },
        },
      },
      required: ['disputes'],
    }),
    problems: (state, given) => {
      const paths = visibleOf(state).map(({ path }) => path);
      const disputes = readDisputes(given);
      const other = disputes.find(({ check }) => !paths.includes(check));
      if (disputes.length === 0) return ['nothing is disputed: {"disputes": [{"check": "<path>", "why": "<why>"}]}'];
      return other === undefined ? [] : [`there is no check '${other.check}'; there are ${paths.join(', ')}`];
    },
  },
  question_ask: {
    description:
      'Asks a person what only a person can know. With a default nobody is stopped: go on with it. Without one, stop your turn ' +
      'after this call: the answer comes with the next prompt.',
    inputSchema: () => ({
      type: 'object',
      properties: {
        text: { type: 'string' },
        options: { type: 'array', items: { type: 'string' } },
        default: { type: 'string' },
      },
      required: ['text'],
    }),
    problems: (_state, given) => (readAsked(given) === null ? [NOT_ASKED] : []),
  },
  task_propose: {
    description:
      'Asks for a further task of this goal: something that must be done, and that your own task may not do. ' +
      'The answer says whether the plan takes it, and why not. Other agents do it: go on with your own task.',
    inputSchema: () => ({
      type: 'object',
      properties: {
        title: { type: 'string' },
        brief: { type: 'string' },
        why: { type: 'string' },
        needs: { type: 'array', items: { type: 'string' } },
        writes: { type: 'array', items: { type: 'string' } },
        criteria: { type: 'array', items: { type: 'string' } },
      },
      required: ['title', 'why'],
    }),
    problems: (state, given, attempt) => {
      const read = readProposal(given);
      if (typeof read === 'string') return [read];
      const ruling = ruleOn(state, attempt, read);
      return ruling.kind === 'refused' ? [ruling.why] : [];
    },
  },
};

export const aroundOf = (state: GoalState): Around => ({
  hasManyTasks: hasManyTasks(state),
  hasChecks: acceptedChecks(state) !== null && visibleOf(state).length > 0,
});

/** A turn that ended with a question which has no default is one that asks. */
export function askedBy(outcome: TurnOutcome, calls: readonly HandedCall[] = []): TurnOutcome {
  const given = calls.findLast(({ name }) => name === 'question_ask')?.given;
  const asked = outcome.kind === 'completed' && given !== undefined ? readAsked(given) : null;
  return asked === null || asked.default !== undefined ? outcome : { kind: 'asked', question: asked.question };
}

export const specsFor = (state: GoalState, role: SessionRole | undefined): readonly ToolSpec[] =>
  toolsOf(role, aroundOf(state)).map((name) => ({
    name,
    description: TOOLS[name].description,
    inputSchema: TOOLS[name].inputSchema(),
  }));

/** Answers the calls of one turn. Nothing is decided by it: what was handed in is read by rule when the turn has ended. */
export function answering(state: GoalState, { role, attempt }: Pick<AttemptState, 'role' | 'attempt'>): AnswerTool {
  const refusals = new Map<ToolName, number>();
  return (called, given): ToolAnswer => {
    const name = toolsOf(role, aroundOf(state)).find((each) => each === called);
    if (name === undefined) return { isTaken: false, text: `there is no tool '${called}' for this session` };
    const refused = refusals.get(name) ?? 0;
    if (refused >= MOST_REFUSED) return { isTaken: false, text: 'Refused too often. Stop now.' };
    const problems = TOOLS[name].problems(state, given, attempt);
    if (problems.length === 0) return { isTaken: true, text: 'Taken. You can stop now.' };
    refusals.set(name, refused + 1);
    return { isTaken: false, text: ['Not taken:', ...problems.map((each) => `- ${each}`)].join('\n') };
  };
}
