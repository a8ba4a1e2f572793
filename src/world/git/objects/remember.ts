export interface Memory<T> {
  /** What is kept under the name, or what reading it gives. */
  get(id: string, read?: () => Promise<T>): Promise<T>;
  put(id: string, value: T): void;
  /** What is kept under the name, and nothing is read for it. */
  known(id: string): Promise<T> | undefined;
}

/** What was read of things that never change; the last `kept` that are small enough are kept, and a failure is not. */
export function remember<T>(
  kept: number,
  read: (id: string) => Promise<T>,
  isSmall: (value: T) => boolean = () => true,
): Memory<T> {
  const known = new Map<string, Promise<T>>();
  const keep = (id: string, found: Promise<T>): Promise<T> => {
    known.delete(id);
    known.set(id, found);
    found.then(
      (value) => isSmall(value) || known.delete(id),
      () => known.delete(id),
    );
    for (const oldest of [...known.keys()].slice(0, -kept)) known.delete(oldest);
    return found;
  };
  return {
    get: (id, readIt = () => read(id)) => keep(id, known.get(id) ?? readIt()),
    put: (id, value) => void keep(id, Promise.resolve(value)),
    known: (id) => known.get(id),
  };
}
