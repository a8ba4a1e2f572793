import type { RepoPath } from '../ids.ts';

/** Files of the base that say what runners load before tests, all at the root. */
export const RUNNER_SETTINGS: readonly RepoPath[] = ['package.json', 'pytest.ini', 'pyproject.toml', 'setup.cfg', 'tox.ini'];

const LOADS = /(?:^|\s)(?:--import|--require|-r|--loader|--experimental-loader|--config|-c|--setup\w*|--global-?setup|--test-global-setup|--env-file)[=\s]+["']?([^\s"']+)/g;
const PLUGIN = /(?:^|[\s"'[,=])-p[=\s"',]+([A-Za-z_][\w.]*)/gm;

/** Whether a runner of the base is told to load this file before tests: then it is the runner's, whatever its name. */
export function preloadedBy(settings: readonly { readonly path: RepoPath; readonly text: string }[]): (path: RepoPath) => boolean {
  const files = new Set<string>();
  const modules: string[] = [];
  for (const { path, text } of settings) {
    if (path.endsWith('.json')) for (const [, file = ''] of scriptsIn(text).matchAll(LOADS)) files.add(file.replace(/^(\.\/)+/, ''));
    else for (const [, module = ''] of text.matchAll(PLUGIN)) modules.push(module.replaceAll('.', '/'));
  }
  return (path) => files.has(path) || modules.some((module) => [`${module}.py`, `${module}/__init__.py`].some((file) => path === file || path.endsWith(`/${file}`)));
}

function scriptsIn(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    const scripts: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'scripts') : null;
    return typeof scripts === 'object' && scripts !== null ? Object.values(scripts).map(String).join('\n') : '';
  } catch {
    return '';
  }
}
