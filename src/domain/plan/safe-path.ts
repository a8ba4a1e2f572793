import type { RepoPath } from '../ids.ts';

/** What no task may write: git, what judges, what runs by itself, and what tells agents what to do. */
const PROTECTED = [
  /(^|\/)\.git(\/|$)/i,
  /(^|\/)\.git(modules|attributes|ignore)$/i,
  /(^|\/)\.omk(\/|$)/i,
  /^\.(github|gitlab|circleci|buildkite|woodpecker|teamcity|azure-pipelines|forgejo|gitea)(\/|$)/i,
  /^(\.gitlab-ci|\.travis|appveyor|azure-pipelines|bitbucket-pipelines)\.ya?ml$/i,
  /(^|\/)Jenkinsfile$/,
  /(^|\/)\.(husky|githooks)(\/|$)/i,
  /(^|\/)(\.?lefthook\.[^/]+|\.pre-commit-config\.ya?ml)$/i,
  /(^|\/)\.(claude|codex|cursor|gemini|kimi|opencode|qwen|aider[^/]*|vscode)(\/|$)/i,
  /(^|\/)(AGENTS|CLAUDE|GEMINI|KIMI|QWEN)\.md$/i,
];

const isProtected = (path: RepoPath): boolean => PROTECTED.some((pattern) => pattern.test(path));

/** Why a path of a plan cannot be used, or null. */
export function pathProblem(path: RepoPath): string | null {
  const parts = path.split('/');
  if (path.startsWith('/') || path.includes('\\') || parts.some((part) => ['', '.', '..'].includes(part)))
    return `'${path}' is not a plain path inside the repository`;
  if (/\p{Cc}/u.test(path)) return 'a path holds a control character';
  return isProtected(path) ? `'${path}' is protected: no task writes there` : null;
}

/** Why a glob cannot be in a write set, or null. A folder is `src/` or `src/**`. */
export const writeProblem = (glob: string): string | null => pathProblem(glob.replace(/\/$/, ''));

/** Whether a path is in a write set: exact paths, folders that end in `/`, `*` within a name, `**` for any folders. */
export const isWritable = (writes: readonly string[], path: RepoPath): boolean =>
  !isProtected(path) && writes.some((glob) => patternOf(glob).test(path));

function patternOf(glob: string): RegExp {
  // `**` after `**` says nothing more.
  const whole = (glob.endsWith('/') ? `${glob}**` : glob).replace(/(?:\*\*\/)+(?=\*\*(?:\/|$))/g, '');
  const source = whole
    .split('/')
    .map((part) => (part === '**' ? '**' : part.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '[^/]*')))
    .join('/')
    .replace(/^\*\*\//, '(?:.*/)?')
    .replaceAll('/**/', '/(?:.*/)?')
    .replace(/\/\*\*$/, '/.*')
    .replace(/^\*\*$/, '.*');
  return new RegExp(`^${source}$`, 'u');
}
