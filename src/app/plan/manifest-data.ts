import { parse } from 'smol-toml';

/** What manifests in JSON and TOML hold; null for any other, and for one that cannot be read. */
export function manifestData(texts: ReadonlyMap<string, string>): (path: string) => unknown {
  return (path) => {
    const text = texts.get(path);
    const read = path.endsWith('.toml') ? parse : JSON.parse;
    try {
      return text === undefined ? null : (read(text) as unknown);
    } catch {
      return null;
    }
  };
}
