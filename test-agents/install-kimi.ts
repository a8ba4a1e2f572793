import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = '@moonshot-ai/kimi-code';
const VERSION = '2.1.0';
// The real path: node_modules may be a link, and a sandbox shows what the link names.
const CACHE = join(
  realpathSync(join(import.meta.dirname, '..', 'node_modules')),
  '.cache',
  'omk-agents',
  `kimi-${VERSION}`,
);
const MAIN = join(CACHE, 'node_modules', PACKAGE, 'dist', 'main.mjs');

export type Installed =
  | { readonly kind: 'ready'; readonly main: string }
  | { readonly kind: 'missing'; readonly why: string };

/** kimi-code of one exact version, without its install scripts, kept between runs. `missing` where npm cannot get it. */
export async function installKimi(): Promise<Installed> {
  if (existsSync(MAIN)) return { kind: 'ready', main: MAIN };
  const draft = `${CACHE}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, 'package.json'), '{"private":true}');
  const failure = await npm([
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefix',
    draft,
    `${PACKAGE}@${VERSION}`,
  ]);
  if (failure === null && !existsSync(MAIN)) {
    rmSync(CACHE, { recursive: true, force: true });
    renameSync(draft, CACHE);
  }
  rmSync(draft, { recursive: true, force: true });
  return existsSync(MAIN)
    ? { kind: 'ready', main: MAIN }
    : { kind: 'missing', why: `npm could not install ${PACKAGE}@${VERSION}: ${failure}` };
}

function npm(args: readonly string[]): Promise<string | null> {
  // The user's own registry and proxy settings, but nothing of the npm run that started the tests.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(?!config_registry)/i.test(name)),
  );
  return new Promise((resolve) => {
    execFile('npm', args, { env, timeout: 300_000 }, (error, _stdout, stderr) =>
      resolve(error === null ? null : stderr.split('\n').slice(0, 3).join(' ') || error.message),
    );
  });
}

/** A folder for the PATH in which `kimi` runs with this Node: kimi needs 22.19 or newer. */
export function kimiPath(main: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  symlinkSync(process.execPath, join(folder, 'node'));
  symlinkSync(main, join(folder, 'kimi'));
  return folder;
}

/** The user's kimi folder, configured for a model at `url`; the variables that name it, and keep kimi off the network. */
export function kimiHome(folder: string, url: string, mode: 'manual' | 'auto' = 'manual'): Record<string, string> {
  mkdirSync(folder, { recursive: true });
  const config = [
    'default_model = "fake"',
    'telemetry = false',
    `default_permission_mode = "${mode}"`,
    '',
    '[providers.fake]',
    'type = "openai"',
    `base_url = "${url}"`,
    'api_key = "sk-fake"',
    '',
    '[models.fake]',
    'provider = "fake"',
    'model = "fake-model"',
    'max_context_size = 262144',
    'capabilities = ["tool_use"]',
  ];
  writeFileSync(join(folder, 'config.toml'), `${config.join('\n')}\n`);
  // Two attempts for each model call: a failing model is tried for minutes otherwise.
  return {
    KIMI_CODE_HOME: folder,
    KIMI_DISABLE_TELEMETRY: '1',
    KIMI_CODE_NO_AUTO_UPDATE: '1',
    KIMI_LOOP_MAX_ATTEMPTS_PER_STEP: '2',
  };
}
