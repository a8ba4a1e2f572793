/** What a system says where a name cannot be looked up or no network is there, which no test has where it is judged. */
const NO_NETWORK = new RegExp(
  [
    String.raw`\b(?:EAI_AGAIN|ENETUNREACH|ENOTFOUND)\b`,
    'network is unreachable',
    'temporary failure in name resolution',
    'name or service not known',
    String.raw`\bdial tcp: lookup\b`,
    'failed to lookup address',
  ].join('|'),
  'iu',
);

/** The line in which a run on the wrong solution says that it reached for a network, where the base says no such thing; null: none. */
export function networkLine(onWrong: readonly string[], onBase: readonly string[]): string | null {
  if (onBase.some((tail) => NO_NETWORK.test(tail))) return null;
  const line = onWrong.flatMap((tail) => tail.split('\n')).find((each) => NO_NETWORK.test(each));
  return line === undefined ? null : line.trim().slice(0, 200);
}
