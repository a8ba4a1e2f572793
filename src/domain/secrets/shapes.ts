/** How a kind of secret looks: one of the beginnings, at the start of a word, and what must follow it. */
interface SecretShape {
  readonly kind: string;
  readonly begins: readonly string[];
  readonly follows: string;
  /** Only masked in output: values of this shape are often no secrets, so a candidate may hold them. */
  readonly maskOnly?: true;
  /** Ordinary names begin so too: in a candidate, a value must also look random. */
  readonly ambiguous?: true;
}

/** Every shape that omk knows by itself. Ordered: an earlier one takes what a later one would take in part. */
export const SECRET_SHAPES: readonly SecretShape[] = [
  {
    kind: 'private key',
    begins: ['-----BEGIN '],
    follows: '[A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\\s\\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|$)',
  },
  { kind: 'age secret key', begins: ['AGE-SECRET-KEY-1'], follows: '[0-9A-Z]{50,}' },
  { kind: 'Anthropic key', begins: ['sk-ant-'], follows: '[A-Za-z0-9_-]{16,}' },
  { kind: 'OpenAI key', begins: ['sk-proj-', 'sk-svcacct-', 'sk-admin-'], follows: '[A-Za-z0-9_-]{16,}' },
  { kind: 'Moonshot key', begins: ['sk-kimi-'], follows: '[A-Za-z0-9_-]{16,}' },
  // OpenAI, Moonshot, DeepSeek and many others.
  { kind: 'API key (sk-)', begins: ['sk-', 'pk-', 'rk-'], follows: '[A-Za-z0-9_-]{16,}', ambiguous: true },
  { kind: 'Stripe key', begins: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_'], follows: '[A-Za-z0-9]{16,}' },
  { kind: 'webhook secret', begins: ['whsec_'], follows: '[A-Za-z0-9+/=]{24,}' },
  { kind: 'GitHub token', begins: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], follows: '[A-Za-z0-9]{20,}' },
  { kind: 'GitHub token', begins: ['github_pat_'], follows: '[A-Za-z0-9_]{20,}' },
  {
    kind: 'GitLab token',
    begins: ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glsoat-', 'gloas-'],
    follows: '[A-Za-z0-9_.-]{20,}',
  },
  { kind: 'npm token', begins: ['npm_'], follows: '[A-Za-z0-9]{30,}' },
  { kind: 'PyPI token', begins: ['pypi-AgE'], follows: '[A-Za-z0-9_-]{40,}' },
  { kind: 'AWS access key', begins: ['AKIA', 'ASIA'], follows: '[0-9A-Z]{16}\\b' },
  { kind: 'Google API key', begins: ['AIza'], follows: '[0-9A-Za-z_-]{30,}' },
  { kind: 'Google client secret', begins: ['GOCSPX-'], follows: '[0-9A-Za-z_-]{20,}' },
  { kind: 'Google access token', begins: ['ya29.'], follows: '[0-9A-Za-z_-]{30,}' },
  {
    kind: 'Slack token',
    begins: ['xoxa-', 'xoxb-', 'xoxe-', 'xoxe.', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'],
    follows: '[A-Za-z0-9.-]{10,}',
  },
  {
    kind: 'Slack webhook',
    begins: ['hooks.slack.com/services/'],
    follows: 'T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{16,}',
  },
  { kind: 'SendGrid key', begins: ['SG.'], follows: '[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}' },
  { kind: 'Hugging Face token', begins: ['hf_'], follows: '[A-Za-z0-9]{30,}' },
  { kind: 'Groq key', begins: ['gsk_'], follows: '[A-Za-z0-9]{40,}' },
  { kind: 'xAI key', begins: ['xai-'], follows: '[A-Za-z0-9]{60,}' },
  { kind: 'DigitalOcean token', begins: ['dop_v1_', 'doo_v1_', 'dor_v1_'], follows: '[a-f0-9]{64}' },
  { kind: 'Shopify token', begins: ['shpat_', 'shpca_', 'shppa_', 'shpss_'], follows: '[a-fA-F0-9]{32}' },
  { kind: 'Linear key', begins: ['lin_api_'], follows: '[A-Za-z0-9]{30,}' },
  { kind: 'Vault token', begins: ['hvs.', 'hvb.'], follows: '[A-Za-z0-9_-]{24,}' },
  { kind: 'Databricks token', begins: ['dapi'], follows: '[a-f0-9]{32}\\b' },
  { kind: 'Azure storage key', begins: ['AccountKey='], follows: '[A-Za-z0-9+/]{86}==' },
  {
    kind: 'signed token',
    begins: ['eyJ'],
    follows: '[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{5,}',
    maskOnly: true,
  },
];

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** What stands before a word: no letter of one, or the end of an escape, as in JSON (`\n`, `\u001b`) or of a terminal's colour. */
const BEFORE = '(?:(?<!\\w)|(?<=\\\\[nrtbf])|(?<=\\\\u[0-9a-fA-F]{4})|(?<=\\[[0-9;]{0,12}m))';
const BEFORE_HERE = new RegExp(`${BEFORE}$`);

/** Whether a secret may begin at a place of a text. */
export const mayBegin = (text: string, at: number): boolean => BEFORE_HERE.test(text.slice(Math.max(0, at - 16), at));

/** The shape as an expression that finds every occurrence. A dash is no part of a word, so what begins with one may stand anywhere. */
export const expressionOf = ({ begins, follows }: SecretShape): RegExp =>
  new RegExp(
    `${begins.some((each) => each.startsWith('-')) ? '' : BEFORE}(?:${begins.map(escaped).join('|')})${follows}`,
    'g',
  );

/** Shorter values would be found inside ordinary words. */
export const SHORTEST_VALUE = 8;
