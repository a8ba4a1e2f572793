import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addDelivery } from './delivery-options.ts';
import { addWork } from './fork-options.ts';
import { addList, addStatus, addShow, addWhy, addBudget } from './goal/state-options.ts';
import { addWatch, addLog, addReplay, addDiff, addProof } from './goal/record-options.ts';
import { addAnswer, addAccept, addReject, addPlan } from './goal/answer-options.ts';
import { addResume, addStop, addBudgetAdd, addApply } from './goal/work-options.ts';
import { addAdopt, addRm } from './goal/keep-options.ts';
import { addRun } from './run-options.ts';

/** In the order of the help. */
const COMMANDS = [
  addRun,
  addList,
  addAdopt,
  addRm,
  addStatus,
  addShow,
  addWhy,
  addAnswer,
  addAccept,
  addReject,
  addBudget,
  addBudgetAdd,
  addWatch,
  addResume,
  addStop,
  addProof,
  addLog,
  addReplay,
  addDiff,
  addPlan,
  addApply,
  addWork,
  addDelivery,
];

/** `omk goal …`: one goal, and what to do with it. */
export function addGoal(program: Command, act: Act): void {
  const goal = program
    .command('goal')
    .summary('list, show, watch, answer, resume, apply …')
    .description('Looks at goals and goes on with them.')
    .addHelpText('after', '\nExamples:\n  omk goal list\n  omk goal show\n  omk goal resume');
  for (const add of COMMANDS) add(goal, act);
}
