import type { CommitAuthor } from '../../../domain/goal/author.ts';
import type { GitCall } from '../run.ts';
import { tryGit } from '../run.ts';

/** Who the user is to git in a repository (`user.name`, `user.email`), null where either is not set. */
export async function userIdentity(call: GitCall): Promise<CommitAuthor | null> {
  const found = await tryGit(['config', '--includes', '-z', '--get-regexp', '^user\\.(name|email)$'], {
    ...call,
    readsUser: true,
  });
  const settings = new Map(
    (found.code === 0 ? found.stdout.toString('utf8').split('\0') : []).map((entry) => {
      const [key = '', ...value] = entry.split('\n');
      return [key, value.join('\n')] as const;
    }),
  );
  const name = settings.get('user.name');
  const email = settings.get('user.email');
  return name && email ? { name, email } : null;
}
