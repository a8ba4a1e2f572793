import type { MergeMethod } from '../../../domain/delivery/delivery.ts';
import { MERGE_METHODS } from '../../../domain/delivery/delivery.ts';
import type { Check, ForgeRepository, RequiredCheck } from '../port.ts';
import { allPages, type Client } from './client.ts';
import { statusOf } from './failures.ts';
import type { At } from './pull-requests.ts';

const PASSED: readonly (string | null)[] = ['success', 'neutral', 'skipped'];

/** How much of a log is kept. */
const TAIL = 6_000;

function stateOf(status: string, conclusion: string | null): Check['state'] {
  if (status !== 'completed') return 'pending';
  return PASSED.includes(conclusion) ? 'passed' : 'failed';
}

const STATUS: Readonly<Record<string, Check['state']>> = { success: 'passed', pending: 'pending' };

export function checks({ ask }: Client, at: At): Pick<ForgeRepository, 'checks' | 'rules' | 'logTail'> {
  return {
    checks: (commit) =>
      ask(`read the checks of commit ${commit.slice(0, 12)}`, async (octokit) => {
        const runs = await allPages((page) =>
          octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
            ...at,
            ref: commit,
            filter: 'latest',
            per_page: 100,
            page,
          }),
        );
        const statuses = await allPages((page) =>
          octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/status', {
            ...at,
            ref: commit,
            per_page: 100,
            page,
          }),
        );
        return [
          ...runs
            .flatMap(({ check_runs }) => check_runs)
            .map((run): Check => ({
              name: run.name,
              state: stateOf(run.status, run.conclusion),
              app: run.app?.id ?? null,
              url: run.html_url,
              job: run.app?.slug === 'github-actions' ? Number(run.id) : null,
              summary: [run.output.title, run.output.summary].filter(Boolean).join('\n'),
            })),
          ...statuses
            .flatMap((page) => page.statuses)
            .map((status): Check => ({
              name: status.context,
              state: STATUS[status.state] ?? 'failed',
              app: null,
              url: status.target_url,
              job: null,
              summary: status.description ?? '',
            })),
        ];
      }),
    rules: (branch) =>
      ask(`read the rules of branch '${branch}'`, async (octokit) => {
        const [{ data }, pages] = [
          await octokit.request('GET /repos/{owner}/{repo}/branches/{branch}', { ...at, branch }),
          await allPages((page) =>
            octokit.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
              ...at,
              branch,
              per_page: 100,
              page,
            }),
          ).catch((error: unknown) => {
            // Servers before rule sets do not know the question.
            if (statusOf(error) === 404) return [];
            throw error;
          }),
        ];
        const required = data.protection.required_status_checks;
        const rules = pages.flat();
        const classic: readonly RequiredCheck[] =
          required?.checks?.map(({ context, app_id }) => ({ name: context, app: realApp(app_id) })) ??
          (required?.contexts ?? []).map((name) => ({ name, app: null }));
        return {
          checks: [...classic, ...rules.flatMap(requiredBy)],
          queue: rules.some(({ type }) => type === 'merge_queue'),
          methods: rules.flatMap(methodsOf)[0] ?? null,
        };
      }),
    logTail: async (job) => {
      try {
        return await ask('read the log of a check', async (octokit) => {
          const { data } = await octokit.request('GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs', {
            ...at,
            job_id: job,
          });
          return String(data).slice(-TAIL);
        });
      } catch {
        // Logs expire, and a token may see checks but not their logs: the check's own words are left.
        return '';
      }
    },
  };
}

/** -1 stands for any app. */
const realApp = (id: number | null | undefined): number | null =>
  id === undefined || id === null || id < 0 ? null : id;

interface Rule {
  readonly type: string;
  readonly parameters?: unknown;
}

function requiredBy({ type, parameters }: Rule): readonly RequiredCheck[] {
  if (type !== 'required_status_checks') return [];
  return list(parameters, 'required_status_checks').flatMap((each) => {
    if (typeof each !== 'object' || each === null || !('context' in each)) return [];
    const app = 'integration_id' in each && typeof each.integration_id === 'number' ? each.integration_id : null;
    return [{ name: String(each.context), app: realApp(app) }];
  });
}

function methodsOf({ type, parameters }: Rule): readonly (readonly MergeMethod[])[] {
  if (type !== 'pull_request') return [];
  const allowed = list(parameters, 'allowed_merge_methods');
  return allowed.length === 0 ? [] : [MERGE_METHODS.filter((method) => allowed.includes(method))];
}

function list(parameters: unknown, name: string): readonly unknown[] {
  if (typeof parameters !== 'object' || parameters === null) return [];
  const found: unknown = Object.entries(parameters).find(([key]) => key === name)?.[1];
  return Array.isArray(found) ? found : [];
}
