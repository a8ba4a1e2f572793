import type { SessionRole } from '../../domain/roles/role.ts';
import { hasManyTasks, type AttemptState, type GoalState } from '../../domain/goal/state.ts';
import { noteProblem } from '../../domain/oracle/submission.ts';
import { readProposal, ruleOn } from '../../domain/task/proposal.ts';
import { toolsOf, type ToolName } from '../../domain/roles/tools.ts';
import type { AnswerTool, ToolAnswer, ToolSpec } from '../../world/agents/port.ts';
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

export const specsFor = (state: GoalState, role: SessionRole | undefined): readonly ToolSpec[] =>
  toolsOf(role, hasManyTasks(state)).map((name) => ({
    name,
    description: TOOLS[name].description,
    inputSchema: TOOLS[name].inputSchema(),
  }));

/** Answers the calls of one turn. Nothing is decided by it: what was handed in is read by rule when the turn has ended. */
export function answering(state: GoalState, { role, attempt }: Pick<AttemptState, 'role' | 'attempt'>): AnswerTool {
  const refusals = new Map<ToolName, number>();
  return (called, given): ToolAnswer => {
    const name = toolsOf(role, hasManyTasks(state)).find((each) => each === called);
    if (name === undefined) return { isTaken: false, text: `there is no tool '${called}' for this session` };
    const refused = refusals.get(name) ?? 0;
    if (refused >= MOST_REFUSED) return { isTaken: false, text: 'Refused too often. Stop now.' };
    const problems = TOOLS[name].problems(state, given, attempt);
    if (problems.length === 0) return { isTaken: true, text: 'Taken. You can stop now.' };
    refusals.set(name, refused + 1);
    return { isTaken: false, text: ['Not taken:', ...problems.map((each) => `- ${each}`)].join('\n') };
  };
}
