import type { Preset } from '../presets/preset.ts';
import { NETWORK_ENV } from '../presets/preset.ts';

/** Variables of the user's environment an agent may see: a preset's, the names of a configured agent, and the proxy. */
export function grantedEnv(
  from: NodeJS.ProcessEnv,
  preset: Preset | null,
  names: readonly string[],
): Record<string, string> {
  const allowed = [...(preset?.env ?? NETWORK_ENV), ...names];
  const granted: Record<string, string> = {};
  for (const [name, value] of Object.entries(from)) {
    if (value !== undefined && allowed.some((pattern) => matches(name, pattern))) granted[name] = value;
  }
  return granted;
}

const matches = (name: string, pattern: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
