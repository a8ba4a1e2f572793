import { OmkError } from '../../../domain/error.ts';

export type Env = Readonly<Record<string, string | undefined>>;

const hostOf = (url: string | undefined): string | null => (url && URL.canParse(url) ? new URL(url).host : null);

/** Whether a host is GitHub, as far as names and the environment say. */
export const isGitHub = (host: string, env: Env): boolean =>
  host === 'github.com' ||
  host.endsWith('.ghe.com') ||
  host === env['GH_HOST'] ||
  host === hostOf(env['GITHUB_SERVER_URL']);

/** Where the API of a host is. In GitHub Actions the runner says so. `OmkError` `FORGE_INSECURE`. */
export function apiBase(host: string, env: Env): string {
  const told = host === hostOf(env['GITHUB_SERVER_URL']) ? env['GITHUB_API_URL'] : undefined;
  const base = told ?? (host === 'github.com' ? 'https://api.github.com' : ofEnterprise(host));
  const url = URL.canParse(base) ? new URL(base) : null;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname)))
    return base.replace(/\/+$/u, '');
  throw new OmkError(
    'FORGE_INSECURE',
    `The API of ${host} would be spoken to without encryption`,
    'correct GITHUB_API_URL, or unset it',
  );
}

const ofEnterprise = (host: string): string =>
  host.endsWith('.ghe.com') ? `https://api.${host}` : `https://${host}/api/v3`;

const isLoopback = (name: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(name);

/** The token that the environment has for a host, by the rules of gh: one for github.com goes nowhere else. */
export function tokenFor(host: string, env: Env): string | null {
  const dotcom = host === 'github.com' || host.endsWith('.ghe.com');
  const names = dotcom ? ['GH_TOKEN', 'GITHUB_TOKEN'] : ['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'];
  const ofRunner = !dotcom && host === hostOf(env['GITHUB_SERVER_URL']) ? ['GITHUB_TOKEN'] : [];
  return [...names, ...ofRunner].map((name) => env[name] ?? '').find((token) => token !== '') ?? null;
}
