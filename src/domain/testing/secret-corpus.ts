const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEX = '0123456789abcdef';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Looks random and is the same every time. Nothing in the repository's own files looks like a secret: the parts meet only here. */
export function letters(length: number, alphabet = BASE62, seed = 7): string {
  let at = seed * 7919 + length;
  let text = '';
  while (text.length < length) {
    at = (Math.imul(at, 1_103_515_245) + 12_345) >>> 0;
    text += alphabet[(at >>> 16) % alphabet.length] ?? '';
  }
  return text;
}

const pem = (kind: string, end = '\n'): string =>
  [
    `-----BEGIN ${kind}PRIVATE KEY-----`,
    ...[1, 2, 3, 4].map((seed) => letters(64, `${BASE62}+/`, seed)),
    `-----END ${kind}PRIVATE KEY-----`,
  ].join(end);

/** One value of each shape that must be found in a candidate and masked in output. */
export const SECRETS: Readonly<Record<string, string>> = {
  'RSA key': pem('RSA '),
  'PKCS8 key': pem(''),
  'EC key': pem('EC '),
  'OpenSSH key': pem('OPENSSH '),
  'encrypted key': pem('ENCRYPTED '),
  'key in one string': pem('', '\\n'),
  'PGP key': pem('').replaceAll('PRIVATE KEY', 'PGP PRIVATE KEY BLOCK').replaceAll('BLOCK-----\n', 'BLOCK-----\n\n'),
  'age key': ['AGE', 'SECRET', 'KEY', `1${letters(58, UPPER)}`].join('-'),
  'OpenAI key': ['sk', 'proj', letters(48)].join('-'),
  'older OpenAI key': ['sk', letters(48)].join('-'),
  'Anthropic key': ['sk', 'ant', 'api03', letters(80)].join('-'),
  'Moonshot key': ['sk', letters(48, BASE62, 3)].join('-'),
  'Kimi key': ['sk', 'kimi', letters(60)].join('-'),
  'Stripe key': ['sk', 'live', letters(24)].join('_'),
  'restricted Stripe key': ['rk', 'live', letters(24)].join('_'),
  'webhook secret': ['whsec', letters(32)].join('_'),
  'GitHub token': ['ghp', letters(36)].join('_'),
  'GitHub server token': ['ghs', letters(36)].join('_'),
  'fine-grained GitHub token': ['github', 'pat', letters(22), letters(59)].join('_'),
  'GitLab token': ['glpat', letters(20)].join('-'),
  'GitLab runner token': ['glrt', letters(20)].join('-'),
  'npm token': ['npm', letters(36)].join('_'),
  'PyPI token': ['pypi', `AgEIcHlwaS5vcmc${letters(70)}`].join('-'),
  'AWS access key': `AK${'IA'}${letters(16, UPPER)}`,
  'temporary AWS access key': `AS${'IA'}${letters(16, UPPER, 2)}`,
  'Google API key': `AI${'za'}${letters(35)}`,
  'Google client secret': ['GOCSPX', letters(28)].join('-'),
  'Slack bot token': ['xoxb', letters(12, '0123456789'), letters(12, '0123456789'), letters(24)].join('-'),
  'Slack app token': ['xapp', '1', letters(10, UPPER), letters(12, '0123456789'), letters(40, HEX)].join('-'),
  'Slack webhook': [
    'https://hooks.slack.com',
    'services',
    `T${letters(8, UPPER)}`,
    `B${letters(8, UPPER)}`,
    letters(24),
  ].join('/'),
  'SendGrid key': ['SG', letters(22), letters(43)].join('.'),
  'Hugging Face token': ['hf', letters(34)].join('_'),
  'Groq key': ['gsk', letters(52)].join('_'),
  'xAI key': ['xai', letters(80)].join('-'),
  'DigitalOcean token': ['dop', 'v1', letters(64, HEX)].join('_'),
  'Shopify token': ['shpat', letters(32, HEX)].join('_'),
  'Linear key': ['lin', 'api', letters(40)].join('_'),
  'Vault token': ['hvs', letters(90)].join('.'),
  'Databricks token': `da${'pi'}${letters(32, HEX)}`,
  'Azure storage key': ['AccountKey', `${letters(86, `${BASE62}+/`)}==`].join('='),
};

/** Found in a candidate by the library that is asked too. */
export const MORE_SECRETS: Readonly<Record<string, string>> = {
  'AWS secret key': ['aws_secret_access_key', ` "${letters(40, BASE62, 5)}"`].join(' ='),
  'password in an address': ['https://deploy:', `${letters(16)}@registry.acme.io/npm`].join(''),
  'database address': ['postgres://app:', `${letters(20)}@db.acme.io:5432/app`].join(''),
};

/** What real repositories are full of, and what nobody should be asked about. */
export const HARMLESS: Readonly<Record<string, string>> = {
  'lock file of npm': `"integrity": "sha512-${letters(86, `${BASE62}+/`)}==",\n"resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"`,
  'lock file of yarn': `  resolved "https://registry.yarnpkg.com/x/-/x-1.0.0.tgz#${letters(40, HEX)}"\n  integrity sha1-${letters(27)}=`,
  'lock file of cargo': `checksum = "${letters(64, HEX)}"`,
  'lock file of go': `golang.org/x/net v0.1.0 h1:${letters(43, `${BASE62}+/`)}=`,
  'lock file of poetry': `    {file = "a-1.0.tar.gz", hash = "sha256:${letters(64, HEX)}"},`,
  UUID: 'id: 6f9619ff-8b86-d011-b42d-00cf4fc964ff',
  'git ids': `commit ${letters(40, HEX)}\ntree ${letters(40, HEX, 2)}`,
  'image in text': `<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA${letters(900, `${BASE62}+/`)}">`,
  certificate: ['-----BEGIN CERTIFICATE-----', letters(64), letters(64), '-----END CERTIFICATE-----'].join('\n'),
  'public key': ['-----BEGIN PUBLIC KEY-----', letters(64), '-----END PUBLIC KEY-----'].join('\n'),
  'public ssh key': `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${letters(43)} me@host`,
  'key named EXAMPLE': `AK${'IA'}IOSFODNN7EXAMPLE and wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`,
  'words for a key': 'api_key: "your-api-key-here", token: "<token>", OPENAI_API_KEY=sk-your-api-key-goes-here-1',
  'key of the same character': `ghp${'_'}${'x'.repeat(36)} sk-${'0'.repeat(48)}`,
  'talk about keys': 'if (text.startsWith("-----BEGIN PRIVATE KEY-----")) return "pem"; // -----END PRIVATE KEY-----',
  'names of classes': 'sk-fading-circle-container sk-cube-grid-animation pk-table-header-column rk-navigation-drawer',
  'names of variables':
    'npm_config_registry npm_package_name hf_hub_download_directory_for_models process.env.GITHUB_TOKEN',
  'database on this machine':
    'postgres://postgres:postgres@localhost:5432/test mysql://root:secret@127.0.0.1/db redis://:password@redis:6379',
  'address of an example': 'https://user:pa55w0rd@example.com/ https://alice:s3cretvalue@api.example.org',
  'signed token of the documentation': `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${letters(60)}.${letters(43)}`,
  'from the environment': 'const key = process.env.STRIPE_KEY ?? "";\napi_key = os.environ["API_KEY"]',
  template: 'DATABASE_URL=postgres://${USER}:${PASSWORD}@${HOST}/app\nTOKEN={{ secrets.TOKEN }}',
};
