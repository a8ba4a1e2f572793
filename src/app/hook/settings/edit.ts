export interface HookEntry {
  readonly event: string;
  readonly command: string;
  /** In the unit of the agent. */
  readonly timeout: number;
}

/** How hooks stand in a file of an agent. Null: the file cannot be understood. */
export interface Settings {
  readonly read: (text: string) => readonly Omit<HookEntry, 'timeout'>[] | null;
  readonly add: (text: string, entry: HookEntry) => string | null;
  /** What is wrong with a file that cannot be understood, as words with its place. */
  readonly fault: (text: string) => string;
  readonly remove: (text: string, isOurs: (command: string) => boolean) => string | null;
}
