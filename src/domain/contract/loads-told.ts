import { allOf } from '../../ecosystems/rules.ts';

const TELLS = allOf(({ tellsLoads }) => (tellsLoads ? [tellsLoads] : []));

/** The files of which a reader tells that a run loads them; null where it tells nothing, or need not. */
export const loadsToldBy = (reader: string): RegExp | null =>
  TELLS.find(({ readers }) => readers.includes(reader))?.files ?? null;
