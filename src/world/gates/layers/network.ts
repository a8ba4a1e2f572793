import { isAbsolute } from 'node:path';
import { existsSync } from 'node:fs';
import type { Trust } from './plan.ts';

/** How to reach a registry: environment, files it names, and what in it must not be shown. */
export interface Access {
  readonly env: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly secrets: readonly string[];
  /** False: nothing is fetched, and code of the repository may run. */
  readonly network?: false;
}

const CERTIFICATES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'];
const PROXIES = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
];

/** Certificates and proxies of the user's environment; for a candidate without the credentials of a proxy. */
export function networkAccess(from: NodeJS.ProcessEnv, trust: Trust): Access {
  const env: Record<string, string> = {};
  for (const name of [...CERTIFICATES, ...PROXIES]) {
    const value = from[name];
    if (value !== undefined && value !== '') env[name] = trust === 'base' ? value : withoutCredentials(value);
  }
  return { env, files: filesIn(Object.values(env)), secrets: Object.values(env).flatMap(credentialsIn) };
}

/** The URL without `user:password@`. */
export const withoutCredentials = (text: string): string => text.replace(/(?<=\/\/)[^/@\s]*@/g, '');

export const credentialsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\/\/([^/@\s]*)@/g)]
    .flatMap(([, user]) => [user ?? '', ...(user ?? '').split(':')])
    .filter((part) => part !== '');

/** Values that are absolute paths of something there. */
export const filesIn = (values: readonly string[]): readonly string[] =>
  [...new Set(values.flatMap((value) => value.split(/\s+/)).map((word) => word.replace(/^file:\/\//, '')))].filter(
    (path) => isAbsolute(path) && existsSync(path),
  );

/** Network access with the user's variables of these names; those that may hold a secret for the base only. */
export function userVariables(
  from: NodeJS.ProcessEnv,
  trust: Trust,
  plain: RegExp,
  secret: RegExp | null = null,
): Access {
  const network = networkAccess(from, trust);
  const env: Record<string, string> = {};
  const secrets: string[] = [];
  for (const [name, value] of Object.entries(from)) {
    if (value === undefined || value === '') continue;
    if (plain.test(name)) env[name] = trust === 'base' ? value : withoutCredentials(value);
    if (trust === 'base' && secret?.test(name)) {
      env[name] = value;
      secrets.push(value);
    }
  }
  const values = Object.values(env);
  return {
    env: { ...network.env, ...env },
    files: [...new Set([...network.files, ...filesIn(values)])],
    secrets: [...network.secrets, ...secrets, ...values.flatMap(credentialsIn)],
  };
}

/** Arguments with the proxies, which Java does not take from the environment. Without their credentials: arguments can be seen. */
export const javaProxies = ({ env }: Access): readonly string[] =>
  Object.entries(env).flatMap(([name, value]) => proxyArgs(name, value));

function proxyArgs(name: string, value: string): readonly string[] {
  const scheme = /^(https?)_proxy$/i.exec(name)?.[1]?.toLowerCase();
  if (scheme === undefined || !URL.canParse(value)) return [];
  const { hostname, port, protocol } = new URL(value);
  return [
    `-D${scheme}.proxyHost=${hostname}`,
    `-D${scheme}.proxyPort=${port || (protocol === 'https:' ? '443' : '80')}`,
  ];
}
