import { cleanLine } from '../text/clean.ts';
import type { Origin } from './delivery.ts';

/** What a goal goes on with, as a clause. */
export function originWords(origin: Origin): string {
  switch (origin.kind) {
    case 'fork':
      return `fork of ${origin.goal}: the work after turn ${origin.turn} of attempt ${origin.attempt}`;
    case 'pull_request':
      return `pull request #${origin.number} of ${origin.goal}, round ${origin.round}`;
    case 'moved_base':
      return `${origin.goal}, merged with what ${cleanLine(origin.branch)} has since`;
    case 'issue':
      return `issue #${origin.number}: ${cleanLine(origin.url)}`;
  }
}
