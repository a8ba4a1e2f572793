import { placeName, remotePlace, type RemotePlace } from '../../../domain/delivery/remote.ts';
import { OmkError } from '../../../domain/error.ts';
import { tryGit, type GitCall } from '../run.ts';

/** A remote of the user's repository, by its settings. */
export interface ChosenRemote {
  readonly name: string;
  readonly url: string;
  readonly pushUrl: string | null;
  /** Where it is on the web; null where no URL says so. */
  readonly place: RemotePlace | null;
}

type Settings = ReadonlyMap<string, string>;

/**
 * The remote that was asked for; else the one that the user's git pushes the branch to; else the only one. `OmkError`
 * `REMOTE_NONE`, `REMOTE_UNKNOWN`.
 */
export async function chooseRemote(user: GitCall, asked: string | null, branch: string | null): Promise<ChosenRemote> {
  const settings = await readSettings(user);
  const names = remoteNames(settings);
  const name = asked ?? usual(settings, names, branch);
  const url = name === null ? undefined : settings.get(`remote.${name}.url`);
  if (name === null || url === undefined) throw noRemote(asked, names);
  const pushUrl = settings.get(`remote.${name}.pushurl`) ?? null;
  const place = remotePlace(pushUrl ?? url) ?? remotePlace(await rewritten(user, name));
  return { name, url, pushUrl, place };
}

/** The remote that a place is; where there is none, its URL as that of a remote of the same host. */
export async function remoteAt(user: GitCall, near: ChosenRemote, place: RemotePlace): Promise<ChosenRemote> {
  const wanted = placeName(place).toLowerCase();
  const settings = await readSettings(user);
  for (const name of remoteNames(settings)) {
    const found = await chooseRemote(user, name, null);
    if (found.place && placeName(found.place).toLowerCase() === wanted) return found;
  }
  const from = near.place && `${near.place.owner}/${near.place.name}`;
  const to = `${place.owner}/${place.name}`;
  const url = from !== null && near.url.includes(from) ? near.url.replace(from, to) : `https://${place.host}/${to}.git`;
  return { name: to, url, pushUrl: null, place };
}

function usual(settings: Settings, names: readonly string[], branch: string | null): string | null {
  const ofBranch = (what: string): string | undefined =>
    branch === null ? undefined : settings.get(`branch.${branch}.${what}`);
  const wanted = [ofBranch('pushremote'), settings.get('remote.pushdefault'), ofBranch('remote'), 'origin'];
  return (
    wanted.find((name) => name !== undefined && names.includes(name)) ?? (names.length === 1 ? names[0] : null) ?? null
  );
}

function noRemote(asked: string | null, names: readonly string[]): OmkError {
  if (names.length === 0)
    return new OmkError(
      'REMOTE_NONE',
      'This repository has no remote',
      'git remote add origin <url>; without one: omk goal apply for a result, omk judge <base>..<branch> for a change',
    );
  return new OmkError(
    'REMOTE_UNKNOWN',
    asked === null
      ? `There is more than one remote: ${names.join(', ')}`
      : `There is no remote '${asked}'; there is: ${names.join(', ')}`,
    '--remote <name>',
  );
}

/** Names keep their case, keys do not have one. The last value of a key counts, the first URL of a remote. */
async function readSettings(user: GitCall): Promise<Settings> {
  const pattern = String.raw`^(remote\..*\.(url|pushurl)|remote\.pushdefault|branch\..*\.(remote|pushremote))$`;
  const found = await tryGit(['config', '--includes', '-z', '--get-regexp', pattern], { ...user, readsUser: true });
  const settings = new Map<string, string>();
  for (const entry of found.stdout.toString('utf8').split('\0')) {
    const [key = '', ...value] = entry.split('\n');
    if (key !== '' && !(key.endsWith('url') && settings.has(key))) settings.set(key, value.join('\n'));
  }
  return settings;
}

const remoteNames = (settings: Settings): readonly string[] =>
  [...settings.keys()].flatMap((key) => {
    const [, name = ''] = /^remote\.(.*)\.url$/u.exec(key) ?? [];
    return name === '' ? [] : [name];
  });

/** What the user's rules for URLs (`url.<base>.insteadOf`) make of it. Nothing is contacted. */
async function rewritten(user: GitCall, name: string): Promise<string> {
  const found = await tryGit(['ls-remote', '--get-url', name], { ...user, readsUser: true });
  return found.stdout.toString('utf8').trim();
}
