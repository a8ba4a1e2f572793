import { notText } from '../engine/commands/create.ts';
import { textOf } from '../proof/format/bytes.ts';

/** The text of a goal that was read as bytes; `named`: where from. `OmkError` `GOAL_FILE_UNREADABLE`. */
export const goalText = (bytes: Uint8Array, named: string): string => textOf(bytes) ?? notText(named);
