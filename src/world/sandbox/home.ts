import { userInfo } from 'node:os';

/** The home that the machine's list of users names; null for a user id that is not in it, as in many containers. */
export function listedHome(): string | null {
  try {
    return userInfo().homedir || null;
  } catch {
    return null;
  }
}

/** The user's home directory; null where neither `HOME` nor the list of users says it. */
export const homeOf = (env: NodeJS.ProcessEnv): string | null => env['HOME'] || listedHome();
