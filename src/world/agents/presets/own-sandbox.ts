import type { Sandbox } from '../../../domain/gates/evidence.ts';
import type { Preset } from './preset.ts';

/** What becomes of a sandbox that an agent brings itself, to be said before it is paid for; null for an agent without one. */
export function ownSandboxNote(preset: Preset | null, sandbox: Sandbox, isRoot: boolean): string | null {
  if (preset?.sandboxedArgs === undefined) return null;
  if (sandbox.kind !== 'none')
    return `${preset.name}'s own sandbox is off: it cannot start inside omk's, which bounds it`;
  return isRoot
    ? `${preset.name}'s own sandbox may not start as root, and there is none of omk's: commands of the agent can fail`
    : null;
}
