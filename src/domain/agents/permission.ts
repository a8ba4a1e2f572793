import { sameQuestion, type AgentQuestion, type AnsweredQuestion } from './agent.ts';

/** An option an agent offers with its question. Kinds other than the four of the protocol are never chosen. */
export interface PermissionOption {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
}

export interface PermissionRequest {
  /** Paths the request names, as the agent wrote them; relative ones are meant from the worktree. */
  readonly title: string;
  readonly paths: readonly string[];
  /** `run` and `read` reach what the sandbox shows; anything else counts as a write. */
  readonly use: 'read' | 'run' | 'write';
  readonly options: readonly PermissionOption[];
}

export interface PermissionContext {
  /** Absolute directories with `/` between parts; the first is the worktree, the rest the attempt's own scratch. */
  readonly allowed: readonly [string, ...string[]];
  /** Whether a sandbox bounds what an allowed command can reach. */
  readonly sandboxed: boolean;
  /** Questions that a person answered. */
  readonly answers: readonly AnsweredQuestion[];
}

export type PermissionAnswer =
  | { readonly decision: 'allowed'; readonly option: string; readonly reason: string }
  /** More than one way to say yes: a person chooses. */
  | { readonly decision: 'asked'; readonly question: AgentQuestion }
  /** `option` is null when nothing offered means "no": then the question is answered as cancelled. */
  | { readonly decision: 'refused'; readonly option: string | null; readonly reason: string };

/**
 * Says yes once to what stays inside the worktree, and no to a write that names a path outside it or inside `.git` or
 * `.omk`. With more than one way to say yes it is a question for a person. What is only read or run is bounded
 * by the sandbox, where there is one: it names what it likes. Never a
 * lasting yes: each question is answered on its own.
 */
export function decidePermission(request: PermissionRequest, context: PermissionContext): PermissionAnswer {
  const bounded = context.sandboxed && request.use !== 'write';
  for (const path of bounded ? [] : request.paths) {
    if (DEVICE.test(path)) continue;
    const why = refusal(path, context.allowed);
    if (why !== null) return refuse(request.options, why);
  }
  const ways = request.options.filter((option) => option.kind === 'allow_once');
  if (ways.length > 1) return choose(request, ways, context.answers);
  const [once] = ways;
  if (once === undefined) return refuse(request.options, 'no option to allow it once was offered');
  const reason = context.sandboxed ? 'bounded by the sandbox' : 'no sandbox on this machine bounds it';
  return { decision: 'allowed', option: once.id, reason };
}

function choose(
  { title, options }: PermissionRequest,
  ways: readonly PermissionOption[],
  answers: readonly AnsweredQuestion[],
): PermissionAnswer {
  const question = { title, options: ways.map(({ name }) => name) };
  const answer = answers.findLast((each) => sameQuestion(each, question));
  if (answer === undefined) return { decision: 'asked', question };
  const chosen = answer.chosen === null ? undefined : ways[answer.chosen];
  return chosen === undefined
    ? refuse(options, 'a person chose none of the answers')
    : { decision: 'allowed', option: chosen.id, reason: `a person chose "${chosen.name}"` };
}

/** Devices that keep nothing. */
const DEVICE = /^\/dev\/(?:null|zero|full|u?random|std(?:in|out|err)|fd\/\d+)$/u;

/** Why an agent may not touch `path`, or null when it may. Pure text: links are the file door's business. */
export function refusal(path: string, allowed: readonly [string, ...string[]]): string | null {
  if (path.includes('\0')) return 'a path with a zero byte';
  if (path.startsWith('~')) return `${path} is outside the worktree`;
  const absolute = normalize(path.startsWith('/') ? path : `${allowed[0]}/${path}`);
  const root = allowed.map(normalize).find((dir) => absolute === dir || absolute.startsWith(`${dir}/`));
  if (root === undefined) return `${path} is outside the worktree`;
  const parts = absolute
    .slice(root.length)
    .split('/')
    .filter((part) => part !== '');
  if (parts.some((part) => looksLike(part, '.git'))) return `${path} is inside .git, which is protected`;
  if (looksLike(parts[0] ?? '', '.omk')) return `${path} is inside .omk, which is protected`;
  return null;
}

const refuse = (options: readonly PermissionOption[], reason: string): PermissionAnswer => ({
  decision: 'refused',
  option: options.find((option) => option.kind === 'reject_once')?.id ?? null,
  reason,
});

const normalize = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
};

/**
 * Also the spellings that some file system takes for the same name: case, trailing dots and spaces, invisible
 * characters, the short name.
 */
const looksLike = (part: string, name: '.git' | '.omk'): boolean => {
  const folded = part
    .replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[. ]+$/u, '');
  return folded === name || folded === `${name.slice(1)}~1` || folded.startsWith(`${name}:`);
};
