import type { RepoPath } from '../../../domain/ids.ts';
import type { Import, ImportReader } from '../../../domain/project/project-rules.ts';

const NAME = /^[A-Za-z_$][\w$]*$/;

export const imports: ImportReader = {
  files: /\.py$/,
  read,
  passesOn: /\bimport\s*\*|\b__getattr__\b/,
};

function read(path: RepoPath, text: string): readonly Import[] {
  const from = [
    ...text.matchAll(/^[ \t]*from[ \t]+([.\w]{1,200})[ \t]+import[ \t]+(\([^)]{0,2000}\)|[^\n#]{1,2000})/gm),
  ].map(([, module = '', names = '']) => ({ module, names: pythonNames(names) }));
  const whole = [...text.matchAll(/^[ \t]*import[ \t]+([\w., \t]{1,500})/gm)].flatMap(([, modules = '']) =>
    pythonNames(modules, /^[\w.]+$/).map((module) => ({ module, names: [] })),
  );
  return [...from, ...whole].flatMap(({ module, names }) => {
    const places = pythonPlaces(path, module);
    return places.length === 0 ? [] : [{ from: module, places, names, asFile }];
  });
}

const pythonNames = (text: string, name = NAME): readonly string[] =>
  text
    .replace(/[()]/g, '')
    .split(',')
    .map((each) => each.trim().split(/\s+as\s+/)[0] ?? '')
    .filter((each) => name.test(each));

function pythonPlaces(path: RepoPath, module: string): readonly RepoPath[] {
  const dots = /^\.+/.exec(module)?.[0].length ?? 0;
  const rest = module.slice(dots).split('.').filter(Boolean);
  const folders = path.split('/').slice(0, -1);
  const roots = dots > 0 ? [folders.slice(0, folders.length - dots + 1)] : [[], ['src'], ['lib'], folders];
  return roots.flatMap((root) => {
    const stem = [...root, ...rest].join('/');
    return stem === '' ? [] : [`${stem}.py`, `${stem}/__init__.py`];
  });
}

/** `from package import module` */
const asFile = (name: string, init: RepoPath): readonly RepoPath[] =>
  init.endsWith('/__init__.py')
    ? [`${name}.py`, `${name}/__init__.py`].map((each) => init.replace('__init__.py', each))
    : [];
