/** Where a repository is on the web, from the URL of a remote. */
export interface RemotePlace {
  /** With its port, where it is not the usual one. */
  readonly host: string;
  /** Owner, or groups with slashes between them. */
  readonly owner: string;
  readonly name: string;
}

const SCP = /^(?:[^@/:]+@)?([^/:]+):(?!\/\/)\/?(.+)$/u;
const SSH_HOSTS: Readonly<Record<string, string>> = {
  'ssh.github.com': 'github.com',
  'altssh.bitbucket.org': 'bitbucket.org',
};

/** Null for a path, a file and whatever else has no place on the web. Credentials are left out. */
export function remotePlace(url: string): RemotePlace | null {
  const parsed = /^[a-z][a-z0-9+.-]*:\/\//iu.test(url) ? fromUrl(url) : fromScp(url);
  if (parsed === null) return null;
  const parts = parsed.path
    .replace(/\.git\/?$/u, '')
    .split('/')
    .filter((part) => part !== '');
  const name = parts.pop();
  if (name === undefined || parts.length === 0) return null;
  return { host: SSH_HOSTS[parsed.host] ?? parsed.host, owner: parts.join('/'), name };
}

function fromUrl(text: string): { readonly host: string; readonly path: string } | null {
  const [, scheme = '', authority = '', path = ''] = /^([a-z0-9+.-]+):\/\/([^/]*)\/(.*)$/iu.exec(text) ?? [];
  const at = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  if (!['https', 'http', 'ssh', 'git', 'git+ssh'].includes(scheme.toLowerCase()) || at === '') return null;
  // The port of SSH says nothing about the web.
  return { host: /^https?$/iu.test(scheme) ? at : at.replace(/:\d+$/u, ''), path: path.replace(/[?#].*$/u, '') };
}

function fromScp(text: string): { readonly host: string; readonly path: string } | null {
  const [, host = '', path = ''] = SCP.exec(text) ?? [];
  return host === '' || host.length === 1 ? null : { host: host.toLowerCase(), path };
}

export const placeName = ({ host, owner, name }: RemotePlace): string => `${host}/${owner}/${name}`;

/** A URL without a user's name, password or token. */
export const withoutCredentials = (text: string): string =>
  text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/giu, '$1');

/** Where a person opens the pull request of a branch by hand, in the form that each kind of forge uses. */
export function openByHand(place: RemotePlace, branch: string, base: string): string {
  const { host, owner, name } = place;
  const web = `https://${host}/${[owner, name].map(encodePath).join('/')}`;
  if (host.includes('gitlab'))
    return `${web}/-/merge_requests/new?${query({ 'merge_request[source_branch]': branch, 'merge_request[target_branch]': base })}`;
  if (host.includes('bitbucket')) return `${web}/pull-requests/new?${query({ source: branch, dest: base })}`;
  return `${web}/compare/${encodePath(base)}...${encodePath(branch)}`;
}

/** The same for a branch of a fork, in the repository that it was forked from. */
export const openFromFork = (parent: RemotePlace, fork: RemotePlace, branch: string, base: string): string =>
  `https://${parent.host}/${[parent.owner, parent.name].map(encodePath).join('/')}` +
  `/compare/${encodePath(base)}...${encodeURIComponent(fork.owner)}:${encodePath(branch)}`;

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
const query = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
