import type { AgentSpec } from '../../../domain/agents/agent.ts';
import type { Config } from '../../config/port.ts';
import type { FoundAgent } from '../port.ts';
import { PRESETS, presetNamed } from '../presets/list.ts';
import { fixFor, locateProgram } from './locate.ts';
import { namedAgent } from './resolve.ts';

/** Presets and configured agents, and whether their programs are on this machine. The scripted agent is not looked for. */
export function findAgents(options: { readonly env: NodeJS.ProcessEnv; readonly config: Config }): FoundAgent[] {
  const names = [
    ...PRESETS.map((preset) => preset.name).filter((name) => name !== 'scripted'),
    ...Object.keys(options.config.agents),
  ];
  return [...new Set(names)].map((name) => {
    const spec = namedAgent(name, options.config);
    const located = locateProgram(spec?.argv[0] ?? '', options.env);
    const found = located.kind === 'found';
    return {
      name,
      spec: found ? spec : null,
      path: found ? located.path : null,
      why: found ? '' : located.why,
      fix: fixFor(located, fixOf(name, spec), name),
    };
  });
}

/** Why an agent cannot be started, or null: its program is there. */
export function missingProgram(
  spec: AgentSpec,
  env: NodeJS.ProcessEnv,
): { readonly why: string; readonly fix: string } | null {
  const located = locateProgram(spec.argv[0], env);
  return located.kind === 'found'
    ? null
    : { why: located.why, fix: fixFor(located, fixOf(spec.name, spec), spec.name) };
}

const fixOf = (name: string, spec: AgentSpec | null): string =>
  presetNamed(spec?.preset ?? name)?.fix ??
  `Put ${spec?.argv[0] ?? name} on the PATH, or correct \`command\` of \`[agents.${name}]\` in your configuration.`;
