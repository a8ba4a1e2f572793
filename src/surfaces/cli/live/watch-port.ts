import type { Notice } from '../../../app/notice.ts';

export interface Watch {
  readonly notice: (notice: Notice) => void;
  readonly end: () => void;
}
