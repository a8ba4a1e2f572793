const MISSING = /(?:Could not (?:transfer|find) artifact |could not be resolved: *)([\w.-]+:[\w.-]+)?[^\n]{0,200}/g;

/**
 * The first artifact that Maven could not have, as it says it; null when there is none. A module that asks for the archive of another of
 * the same build has it only where that was packaged: that is for the gate to show.
 */
export function missingIn(output: string, poms: readonly string[]): string | null {
  const modules = new Set(poms.flatMap(nameOf));
  for (const [said, artifact = ''] of output.matchAll(MISSING))
    if (!modules.has(artifact.split(':')[1] ?? '')) return said;
  return null;
}

/** Its own name is the first after what it says of its parent. */
function nameOf(pom: string): readonly string[] {
  const own = pom.replace(/<parent>[\s\S]*?<\/parent>/g, '');
  const name = /<artifactId>\s*([\w.-]+)\s*</.exec(own)?.[1];
  return name === undefined ? [] : [name];
}
