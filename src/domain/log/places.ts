import type { GoalEvent } from '../goal/event.ts';
import { readPrograms, withoutPrograms, withPrograms } from './programs.ts';

/** What only this machine knows of an event: absolute paths. They stay beside the log and are in no proof. */
export interface Places {
  readonly root?: string;
  readonly worktree?: string;
  readonly hidden?: readonly string[];
  readonly costTracker?: string;
  /** How agents are started, where a folder of the machine is in it. Absent, as beside lines of before: as the line says. */
  readonly programs?: Readonly<Record<string, readonly string[]>>;
}

interface Data {
  readonly [name: string]: unknown;
  readonly repository?: unknown;
  readonly options?: unknown;
  readonly heldOut?: unknown;
  readonly root?: unknown;
  readonly worktree?: unknown;
  readonly hidden?: unknown;
  readonly costTracker?: unknown;
  readonly programs?: unknown;
}

/** The data of an event as the log keeps it, and the paths that are left out of it; null where there are none. */
export function withoutPlaces(event: GoalEvent): { readonly data: object; readonly places: Places | null } {
  if (event.type === 'attempt.started') {
    const { worktree, ...data } = event.data;
    return { data, places: { worktree } };
  }
  if (event.type !== 'goal.created') return { data: event.data, places: null };
  const { root, ...repository } = event.data.repository;
  const { costTracker, heldOut, ...options } = event.data.options;
  const { hidden, ...checks } = heldOut ?? { hidden: undefined };
  const { data, programs } = withoutPrograms({
    ...event.data,
    repository,
    options: heldOut ? { ...options, heldOut: checks } : options,
  });
  return {
    data,
    places: {
      root,
      ...(hidden ? { hidden } : {}),
      ...(costTracker === undefined ? {} : { costTracker }),
      ...(Object.keys(programs).length === 0 ? {} : { programs }),
    },
  };
}

/** The data of an event with its paths; without them, as in a proof, they are empty. */
export function withPlaces(type: string, data: Data, places: Places | null): Data {
  if (type === 'attempt.started') return { ...data, worktree: places?.worktree ?? '' };
  if (type !== 'goal.created') return data;
  const whole: Data = withPrograms({ ...data }, places?.programs ?? {});
  const { repository, options } = whole;
  return {
    ...whole,
    ...(isData(repository) ? { repository: { ...repository, root: places?.root ?? '' } } : {}),
    ...(isData(options) ? { options: optionsWith(options, places) } : {}),
  };
}

function optionsWith(options: Data, places: Places | null): Data {
  const { heldOut } = options;
  return {
    ...options,
    ...(isData(heldOut) ? { heldOut: { ...heldOut, hidden: places?.hidden ?? [] } } : {}),
    ...(places?.costTracker === undefined ? {} : { costTracker: places.costTracker }),
  };
}

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Null for text that is not of `Places`, as when somebody changed it: then no path is known. */
export function readPlaces(text: string | null): Places | null {
  if (text === null) return null;
  const value = parsed(text);
  if (!isData(value)) return null;
  const { root, worktree, hidden, costTracker } = value;
  const programs = readPrograms(value.programs);
  return {
    ...(typeof root === 'string' ? { root } : {}),
    ...(typeof worktree === 'string' ? { worktree } : {}),
    ...(Array.isArray(hidden) ? { hidden: hidden.filter((each) => typeof each === 'string') } : {}),
    ...(typeof costTracker === 'string' ? { costTracker } : {}),
    ...(programs === undefined ? {} : { programs }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
