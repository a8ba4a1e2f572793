import type { PlanDocument } from '../document.ts';

/** Where an item stands in the words of the goal. */
export const PLACE = '{path}';

/**
 * The same goal once for each item, as tasks that need nothing of each other. What shows them is what shows any goal: checks, gates
 * that are red on the base, or tests of the workers.
 */
export function planOfEach(prompt: string, items: readonly string[]): PlanDocument {
  const tasks = [...new Set(items)].map((item, index) => {
    const brief = prompt.replaceAll(PLACE, () => item);
    return { id: `t${index + 1}`, title: titled(brief), brief };
  });
  return { criteria: [], tasks };
}

const LONGEST = 72;

function titled(brief: string): string {
  const first =
    brief
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? '';
  return first.length > LONGEST ? `${first.slice(0, LONGEST - 1)}…` : first;
}
