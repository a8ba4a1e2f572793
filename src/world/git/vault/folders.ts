/** Every folder that one of the paths is in. */
export const foldersOf = (paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) =>
    path
      .split('/')
      .slice(0, -1)
      .map((_, index, parts) => parts.slice(0, index + 1).join('/')),
  );
