import type { Scenario, Step } from './scenario.ts';

/** The steps for a prompt: those of the first turn it matches, else those of the turn with this number (from 1). */
export function chooseSteps(scenario: Scenario, prompt: string, number: number): readonly Step[] {
  const matching = scenario.turns.find(
    (turn) => turn.when !== undefined && new RegExp(turn.when.prompt_matches, 'u').test(prompt),
  );
  if (matching !== undefined) return matching.steps;
  const numbered = scenario.turns.filter((turn) => turn.when === undefined);
  const steps = numbered[number - 1]?.steps;
  if (steps !== undefined) return steps;
  return (scenario.then !== 'say_done' && numbered.at(-1)?.steps) || [{ say: 'done' }];
}
