/** Bytes that a gate is given room for when nothing else is known. */
const EACH = 512 * 1024 * 1024;

const MOST_AGENTS = 8;

/** How many agents fit at once: most of the time they wait for a model, so each core carries a few. */
export const agentCapacity = ({ cores, freeBytes }: { readonly cores: number; readonly freeBytes: number }): number =>
  Math.max(1, Math.min(MOST_AGENTS, 2 * cores, Math.floor(freeBytes / EACH)));

/** How many ordinary gates fit at once into the cores and the memory that are there; always one. */
export const capacity = ({ cores, freeBytes }: { readonly cores: number; readonly freeBytes: number }): number =>
  Math.max(1, Math.min(cores, Math.floor(freeBytes / EACH)));
