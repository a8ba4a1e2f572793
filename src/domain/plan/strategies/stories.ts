import type { PlanDocument } from '../document.ts';

/** A story as tools of the ralph kind write it, `userStories` of a prd.json. */
export interface Story {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly acceptanceCriteria: readonly string[];
  /** The lowest comes first; stories without one come last, in the order of the file. */
  readonly priority: number | null;
  /** Ids of stories that come first. */
  readonly dependencies: readonly string[];
  readonly notes: string;
  /** Somebody says that it is done. */
  readonly passes: boolean;
}

/**
 * The open stories as tasks, in their order: each waits for the one before, unless the file says itself what waits for what. `apart`:
 * they wait only for what the file says. Acceptance criteria are words for the agent: no rule can decide them.
 */
export function planOfStories(stories: readonly Story[], apart: boolean): PlanDocument {
  const open = ordered(stories).filter(({ passes }) => !passes);
  const ids = new Map(open.map(({ id }, index) => [id, `t${index + 1}`]));
  const isGraph = stories.some(({ dependencies }) => dependencies.length > 0);
  return {
    criteria: [],
    tasks: open.map((story, index) => {
      const named = story.dependencies.flatMap((id) => ids.get(id) ?? []);
      const before = isGraph || apart || index === 0 ? [] : [`t${index}`];
      return {
        id: `t${index + 1}`,
        title: story.title,
        brief: briefOf(story),
        needs: [...new Set([...named, ...before])],
      };
    }),
  };
}

/** Sorting keeps the order of the file where priorities are the same. */
const ordered = (stories: readonly Story[]): readonly Story[] => stories.toSorted((a, b) => rankOf(a) - rankOf(b));

const rankOf = ({ priority }: Story): number => priority ?? Number.MAX_VALUE;

function briefOf({ id, title, description, acceptanceCriteria, notes }: Story): string {
  return [
    `${id}: ${title}`,
    description === title ? '' : description,
    acceptanceCriteria.length === 0
      ? ''
      : ['Acceptance criteria:', ...acceptanceCriteria.map((each) => `- ${each}`)].join('\n'),
    notes === '' ? '' : `Notes: ${notes}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** The first story that needs one that the file does not have; null where there is none. */
export function lostDependency(stories: readonly Story[]): { readonly story: string; readonly needs: string } | null {
  const ids = new Set(stories.map(({ id }) => id));
  for (const { id, dependencies } of stories) {
    const needs = dependencies.find((each) => !ids.has(each));
    if (needs !== undefined) return { story: id, needs };
  }
  return null;
}
