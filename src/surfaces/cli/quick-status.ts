import { act } from './act.ts';
import { status } from './commands/goal/status.ts';

/** `omk goal status` without the parser of the command line. Built as one file, as loading many is most of its time. */
export const quickStatus = ({ name, json }: { readonly name: string; readonly json: boolean }): Promise<void> =>
  act(json, (output) => status(name, output));
