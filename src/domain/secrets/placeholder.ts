const SAYS_SO = new RegExp(
  String.raw`example|placeholder|dummy|fake|sample|redacted|changeme|your[-_]|x{6,}|X{6,}|\*{3,}|\.{3}|` +
    String.raw`<[^>]*>|\$\{|\{\{|%[sd]|1234567890|0123456789abcdef|abcdefghijkl`,
  'i',
);
/** Addresses with a password in them whose host can only be this machine or one that is set aside for examples. */
const LOCAL = new RegExp(
  String.raw`@(?:localhost|127\.0\.0\.1|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal|[\w-]+(?=[:/?"'\s]|` +
    String.raw`$)|[\w.-]*\.(?:test|example|invalid|local|localhost)|(?:[\w-]+\.)*example\.(?:com|org|` +
    String.raw`net))(?=[:/?#"'\x60\s,;)]|$)`,
  'i',
);
const COMMON = new RegExp(
  String.raw`:\/\/[^/:@\s]*:(?:pass(?:word|wd)?|secret|postgres|mysql|mongo|root|admin|user|` +
    String.raw`test(?:ing)?|guest|default|foo|bar|baz|hunter2|123456?|\$\w+|[a-z]{1,3})@`,
  'i',
);

/** Whether a value only stands for a secret: it says so, repeats itself, or opens nothing but this machine. */
export function isPlaceholder(value: string): boolean {
  if (SAYS_SO.test(value)) return true;
  if (value.includes('://')) return LOCAL.test(value) || COMMON.test(value);
  return new Set(value.replace(/^[A-Za-z]+[-_]/, '')).size < 6;
}

/** Whether a part of the value without separators mixes letters and digits as a generated one does. */
export const looksRandom = (value: string): boolean => {
  const [longest = ''] = value.split(/[-_]/).sort((a, b) => b.length - a.length);
  return longest.length >= 16 && /\d/.test(longest) && /[A-Za-z]/.test(longest) && new Set(longest).size >= 8;
};
