import { cleanLine } from '../text/clean.ts';
import type { Origin } from './delivery.ts';

/** What a goal goes on with, as a clause. */
export function originWords(origin: Origin): string {
  switch (origin.kind) {
    case 'fork':
      return `fork of ${origin.goal}: ${forkedAt(origin)}`;
    case 'pull_request':
      return `pull request #${origin.number} of ${origin.goal}, round ${origin.round}`;
    case 'moved_base':
      return `${origin.goal}, merged with what ${cleanLine(origin.branch)} has since`;
    case 'issue':
      return `issue #${origin.number}: ${cleanLine(origin.url)}`;
  }
}

const forkedAt = ({ attempt, turn, task }: Extract<Origin, { kind: 'fork' }>): string =>
  attempt === undefined
    ? 'what its tasks had landed'
    : `the work after turn ${turn} of attempt ${attempt}${task === undefined ? '' : ` at task ${cleanLine(task)}`}`;
