import { isRecord } from '../../../domain/record.ts';
import type { Json } from '../../../domain/canonical.ts';

const DECLARES = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;
/** Fields of a `package.json` that decide what `npm ci` does; a new test script is not one of them. */
const DECIDES = [
  ...DECLARES,
  'name',
  'version',
  'workspaces',
  'overrides',
  'peerDependenciesMeta',
  'bundleDependencies',
  'bundledDependencies',
  'bin',
  'directories',
  'os',
  'cpu',
  'libc',
  'engines',
];
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'prepare'] as const;

interface Manifest {
  readonly declares: boolean;
  readonly workspaces: boolean;
  /** Whether the project itself runs something when it is installed (`prepare` is for publishing and left out). */
  readonly runs: boolean;
  /** The deciding part, or the whole text when it cannot be read: then nothing is known to be harmless. */
  readonly deciding: Json;
}

export function readManifest(text: string): Manifest {
  const whole = parse(text);
  if (whole === null) return { declares: false, workspaces: false, runs: false, deciding: text };
  const scripts = isRecord(whole['scripts']) ? whole['scripts'] : {};
  const fields = [
    ...DECIDES.map((name) => [name, whole[name]] as const),
    ...LIFECYCLE.map((name) => [`scripts.${name}`, scripts[name]] as const),
  ];
  return {
    declares: DECLARES.some((name) => isRecord(whole[name]) && Object.keys(whole[name]).length > 0),
    workspaces: whole['workspaces'] !== undefined,
    runs: ['preinstall', 'install', 'postinstall'].some((name) => typeof scripts[name] === 'string'),
    deciding: Object.fromEntries(
      fields.filter(([, value]) => value !== undefined).map(([name, value]) => [name, JSON.stringify(value)]),
    ),
  };
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
