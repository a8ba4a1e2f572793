/** Bytes that a gate is given room for when nothing else is known. */
const EACH = 512 * 1024 * 1024;

/** How many ordinary gates fit at once into the cores and the memory that are there; always one. */
export const capacity = ({ cores, freeBytes }: { readonly cores: number; readonly freeBytes: number }): number =>
  Math.max(1, Math.min(cores, Math.floor(freeBytes / EACH)));
