/** What was read of things that never change; the last `kept` that are small enough are kept, and a failure is not. */
export function remember<T>(
  kept: number,
  read: (id: string) => Promise<T>,
  isSmall: (value: T) => boolean = () => true,
): { get(id: string): Promise<T> } {
  const known = new Map<string, Promise<T>>();
  return {
    get: (id) => {
      const found = known.get(id) ?? read(id);
      known.delete(id);
      known.set(id, found);
      found.then(
        (value) => isSmall(value) || known.delete(id),
        () => known.delete(id),
      );
      for (const oldest of [...known.keys()].slice(0, -kept)) known.delete(oldest);
      return found;
    },
  };
}
