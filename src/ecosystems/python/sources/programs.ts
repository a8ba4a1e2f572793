import { isRecord } from '../../../domain/record.ts';
import { isTestCode, isTestName } from '../../../domain/contract/classify.ts';
import type { EntryPoint, ProgramRules, ProgramTree } from '../../../domain/project/project-rules.ts';

const MANIFEST = 'pyproject.toml';
const TARGET = /^((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*):([A-Za-z_]\w*)$/;
const NAME = /^[\w.-]+$/;
/** It asks whether it is started itself, or reads its arguments outside of any function. */
const STARTS =
  /^if __name__ == ['"]__main__['"]|^(?!\s|#|def\b|class\b|from\b|import\b).*\b(?:sys\.argv\b|parse_args\()/m;

/** `[project.scripts]`, `__main__`, and what runs where it is started itself. */
export const programs: ProgramRules = {
  manifests: [MANIFEST],
  mayBe: (path) => path.endsWith('.py'),
  find: (tree) => [
    ...scriptsOf(tree.data(MANIFEST)).flatMap((script) => declared(script, tree)),
    ...[...tree.texts].flatMap(([path, text]) => started(path, text)),
  ],
};

/** A name and `module:function`. */
function scriptsOf(manifest: unknown): readonly (readonly [name: string, target: string])[] {
  const project = isRecord(manifest) ? manifest['project'] : null;
  const scripts = isRecord(project) ? Object.entries(Object(project['scripts'])) : [];
  return scripts.flatMap(([name, target]) => (typeof target === 'string' ? [[name, target] as const] : []));
}

/** Called as the script would that an installation makes, without an installation. */
function declared([name, target]: readonly [string, string], { there }: ProgramTree): readonly EntryPoint[] {
  const [, module, called] = TARGET.exec(target.replaceAll(' ', '')) ?? [];
  if (module === undefined || called === undefined || !NAME.test(name)) return [];
  const stem = module.replaceAll('.', '/');
  const ends = [`${stem}.py`, `${stem}/__init__.py`];
  const found = ['', 'src/'].flatMap((root) => ends.map((end) => ({ root, path: `${root}${end}` })));
  const place = found.find(({ path }) => there.has(path));
  if (!place) return [];
  const text = `import sys; sys.argv[0] = '${name}'; from ${module} import ${called}; sys.exit(${called}())`;
  const run = `${place.root === '' ? '' : 'PYTHONPATH=src '}python3 -c "${text}"`;
  const spelled = [
    run,
    name,
    `python3 ${place.path}`,
    `python ${place.path}`,
    `python3 -m ${module}`,
    `python -m ${module}`,
  ];
  return [{ path: place.path, run, spelled }];
}

function started(path: string, text: string): readonly EntryPoint[] {
  if (isTestCode(path) || isTestName(path)) return [];
  const folder = path.split('/').slice(0, -1);
  if (/(?:^|\/)__main__\.py$/.test(path)) {
    const [run, module] = [`python3 ${folder.join('/')}`, folder.join('.')];
    return folder.length === 0 ? [] : [{ path, run, spelled: [run, `python3 -m ${module}`, `python -m ${module}`] }];
  }
  if (!path.endsWith('.py') || !STARTS.test(text)) return [];
  return [{ path, run: `python3 ${path}`, spelled: [`python3 ${path}`, `python ${path}`, `./${path}`] }];
}
