import { eventsOf } from './one-goal.ts';

/** Milliseconds in which gates ran. */
interface Spans {
  /** At least one. */
  readonly some: number;
  /** At least two at once. */
  readonly two: number;
}

/** When gates of the goal that is first found in a state directory ran, from its log. */
export function gateSpans(state: string): Spans {
  const edges = eventsOf(state)
    .flatMap((event) => {
      if (event.type !== 'gate.measured') return [];
      const from = Date.parse(event.data.startedAt);
      return [
        { at: from, by: 1 },
        { at: from + event.data.durationMs, by: -1 },
      ];
    })
    .sort((one, other) => one.at - other.at || one.by - other.by);
  const total = { some: 0, two: 0 };
  let running = 0;
  for (const [index, { at, by }] of edges.entries()) {
    running += by;
    const until = edges[index + 1]?.at ?? at;
    if (running > 0) total.some += until - at;
    if (running > 1) total.two += until - at;
  }
  return total;
}
