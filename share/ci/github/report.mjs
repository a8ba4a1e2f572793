// Puts what omk said into the job summary, and where the token may write into a comment and a check. Node 18 or newer, no packages.
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const MARK = '<!-- omk -->';
/** A comment may have 65536 characters, a title of a check 255. */
const MOST = 60_000;
const CONCLUSIONS = new Map([
  [0, 'success'],
  [4, 'action_required'],
]);
const env = process.env;
const exit = Number(env.OMK_EXIT || '1');
const text = await readFile(join(env.OMK_OUT || '.', 'comment.md'), 'utf8').catch(
  () => '### omk: could not be told\n\nThe log of the job says why.\n',
);
const body = text.length > MOST ? `${text.slice(0, MOST)}\n\n(cut; the artifact omk-proof has all of it)\n` : text;
const event = JSON.parse(await readFile(env.GITHUB_EVENT_PATH ?? '', 'utf8').catch(() => '{}'));
const pull = event.pull_request;
const fork = pull !== undefined && pull.head?.repo?.full_name !== env.GITHUB_REPOSITORY;

if (env.GITHUB_STEP_SUMMARY) await appendFile(env.GITHUB_STEP_SUMMARY, `${body}\n`);
if (fork) notice('the change comes from a fork, whose token may not write: the report is in the summary of the job');
else {
  await attempt('check', check);
  if (pull !== undefined && env.OMK_COMMENT !== 'false') await attempt('comment', comment);
}

/** What a token may not do is said, and is no verdict. */
async function attempt(what, work) {
  try {
    await work();
  } catch (error) {
    notice(`there is no ${what}: ${error.message}; the report is in the summary of the job`);
  }
}

async function check() {
  const conclusion = CONCLUSIONS.get(exit) ?? 'failure';
  await call('POST', `/check-runs`, {
    name: 'omk',
    head_sha: env.OMK_HEAD,
    status: 'completed',
    conclusion,
    output: { title: titleOf(body), summary: body },
  });
}

/** The first line, and the levels where a line of them follows. */
function titleOf(markdown) {
  const lines = markdown.split('\n').filter((line) => line !== '');
  const levels = /^\*\*(.*)\*\*$/.exec(lines[1] ?? '')?.[1];
  const title = (lines[0] ?? 'omk').replace(/^#+ (?:omk )?/, '');
  return (levels ? `${title}: ${levels}` : title).slice(0, 250);
}

async function comment() {
  const content = { body: `${MARK}\n${body}` };
  const mine = await findComment();
  if (mine) await call('PATCH', `/issues/comments/${mine}`, content);
  else await call('POST', `/issues/${pull.number}/comments`, content);
}

/** The comment of an earlier push, so that a pull request has one and not one for each. */
async function findComment() {
  for (let page = 1; page <= 30; page++) {
    const found = await call('GET', `/issues/${pull.number}/comments?per_page=100&page=${page}`);
    const mine = found.find((each) => each.body?.startsWith(MARK) && each.user?.type === 'Bot');
    if (mine) return mine.id;
    if (found.length < 100) return null;
  }
  return null;
}

async function call(method, path, content) {
  const response = await fetch(`${env.GITHUB_API_URL}/repos/${env.GITHUB_REPOSITORY}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${env.GITHUB_TOKEN}`,
      accept: 'application/vnd.github+json',
      'content-type': 'application/json',
      'x-github-api-version': '2022-11-28',
    },
    ...(content ? { body: JSON.stringify(content) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path.split('?')[0]} was answered with ${response.status}`);
  return response.json();
}

function notice(message) {
  console.log(`::notice title=omk::${message.replace(/[\r\n%]/g, ' ')}`);
}
