export type { Entry, ToolEntry } from '../world/agents/transcript/entry.ts';
export { readTranscript } from '../world/agents/transcript/read.ts';
