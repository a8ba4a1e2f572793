import { credentialsIn, withoutCredentials } from '../../../world/gates/layers/network.ts';

/** Settings that decide where packages come from or which are installed, and that cannot hold a secret or name a program. */
const HARMLESS = new RegExp(
  String.raw`^(?:registry|@[^:\s]+:registry|cafile|ca(?:\[\])?|strict-ssl|proxy|https-proxy|noproxy|` +
    String.raw`legacy-peer-deps|strict-peer-deps|omit(?:\[\])?|include(?:\[\])?|install-strategy|` +
    String.raw`install-links|omit-lockfile-registry-resolved|replace-registry-host|fetch-[a-z-]+|` +
    String.raw`maxsockets)$`,
);
/** Settings that would lead the installation elsewhere. */
const MISLEADING =
  /^(?:prefix|cache|userconfig|globalconfig|global|location|dry-run|package-lock(?:-only)?|logs-dir|init-module|tmp|ignore-scripts)$/;
const SECRET = /(?:_auth|_authToken|_password|username|token|otp)$/i;

interface Setting {
  readonly key: string;
  readonly value: string;
  readonly line: string;
}

const settings = (text: string): readonly Setting[] =>
  text
    .split(/\r?\n/)
    .filter((line) => /^\s*[^;#\s]/.test(line))
    .map((line) => {
      const at = line.indexOf('=');
      const key = (at < 0 ? line : line.slice(0, at)).trim();
      return { key, value: at < 0 ? 'true' : line.slice(at + 1).trim(), line };
    });

/** An `.npmrc` for code that is not trusted: no credentials, no environment variables, no programs. */
export const harmlessNpmrc = (text: string): string =>
  settings(text)
    .filter(({ key, value }) => HARMLESS.test(key) && !value.includes('${'))
    .map(({ key, value }) => `${key}=${withoutCredentials(value)}\n`)
    .join('');

/** The user's `.npmrc` without what would lead an installation out of its folder. */
export const usersNpmrc = (text: string): string =>
  settings(text)
    .filter(({ key }) => !MISLEADING.test(key))
    .map(({ line }) => `${line}\n`)
    .join('');

/** Names of the environment variables an `.npmrc` refers to. */
export const variablesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\$\{([A-Za-z_]\w*)\??\}/g)].map(([, name]) => name ?? '');

export const secretsIn = (text: string): readonly string[] =>
  settings(text).flatMap(({ key, value }) => (SECRET.test(key) ? [value] : credentialsIn(value)));

export const valueOf = (text: string, key: string): string | null =>
  settings(text).findLast((each) => each.key === key)?.value ?? null;
