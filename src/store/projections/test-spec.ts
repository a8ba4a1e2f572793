import type { GatePolicy, GateSpec } from '../../domain/gates/gate.ts';
import { gateOf } from '../../domain/plan/plan.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { decidedBy } from './prd.ts';
import { code, commandLine, list, oneLine, page } from './text.ts';

/** `test-spec.md`: the gates that judge, and the criteria they decide. */
export function testSpec({ created, policy, plan }: GoalState): string {
  return page(
    `# Test specification: ${oneLine(created?.title ?? 'Untitled')}`,
    '## Where the gates come from',
    policy === null ? 'Not resolved yet.' : origin(policy),
    '## Gates',
    policy === null ? 'Not resolved yet.' : policy.gates.map(gate).join('\n\n') || 'No gate.',
    '## Criteria',
    plan === null
      ? 'Not planned yet.'
      : list(
          plan.criteria.map(
            (each) => `**${oneLine(each.id)}** (${each.kind}) ${gateOf(each) === null ? '' : 'by '}${decidedBy(each)}`,
          ),
          'No criterion.',
        ),
    '## Exceptions asked for',
    list(exceptions(created), 'None.'),
  );
}

const gate = (spec: GateSpec): string =>
  [
    `### ${oneLine(spec.id)}`,
    list(
      [
        `command: ${code(commandLine(spec.argv))} in ${code(spec.cwd)}`,
        `${spec.required ? 'required' : 'not required'}, ` +
          `${spec.kind === 'test' ? 'runs tests' : 'judged by exit code only'}, counted by ${spec.reader}`,
        `at most ${spec.timeoutMs} ms, ${spec.network ? 'with network' : 'without network'}`,
        ...(Object.keys(spec.env).length === 0
          ? []
          : [`environment: ${Object.keys(spec.env).sort().map(code).join(', ')}`]),
        ...(spec.services ?? []).map(
          (each) => `service ${oneLine(each.name)}: ${code(commandLine(each.argv))} in ${code(each.cwd)}`,
        ),
        ...(spec.skip ? ['declared `skip`: never run, so never measured'] : []),
        `from: ${source(spec)}`,
      ],
      '',
    ),
  ].join('\n\n');

function source({ source: from }: GateSpec): string {
  switch (from.kind) {
    case 'file':
      return code(from.path);
    case 'detected':
      return `${oneLine(from.detector)}, because ${oneLine(from.because)}`;
    case 'check':
      return `--check ${code(from.text)}`;
  }
}

const exceptions = (created: GoalState['created']): readonly string[] => [
  ...(created?.options.knownRed ?? []).map((id) => `gate ${code(id)} may stay red`),
  ...(created?.options.allowNoChange === true ? ['an empty patch is allowed'] : []),
];

const origin = ({ file }: GatePolicy): string =>
  file === null ? 'Detected from the base commit.' : `${code(file.path)} of the base commit, blob ${code(file.blob)}.`;
