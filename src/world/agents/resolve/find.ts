import { isAbsolute } from 'node:path';
import type { Config } from '../../config/port.ts';
import { findProgram, gatePath } from '../../sandbox/environment.ts';
import type { FoundAgent } from '../port.ts';
import { PRESETS, presetNamed } from '../presets/list.ts';
import { kindOf } from '../turn/visible.ts';
import { namedAgent } from './resolve.ts';

/** Presets and configured agents, and whether their programs are on this machine. The scripted agent is not looked for. */
export function findAgents(options: { readonly env: NodeJS.ProcessEnv; readonly config: Config }): FoundAgent[] {
  const path = gatePath(options.env);
  const names = [
    ...PRESETS.map((preset) => preset.name).filter((name) => name !== 'scripted'),
    ...Object.keys(options.config.agents),
  ];
  return [...new Set(names)].map((name) => {
    const spec = namedAgent(name, options.config);
    const program = spec?.argv[0] ?? '';
    const found = isAbsolute(program) ? (kindOf(program) === 'file' ? program : null) : findProgram(program, path);
    const fix =
      presetNamed(name)?.fix ??
      `Put ${program} on the PATH, or correct \`command\` of \`[agents.${name}]\` in your configuration.`;
    return { name, spec: found === null ? null : spec, path: found, fix };
  });
}
