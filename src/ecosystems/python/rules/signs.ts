import { ofVersion, setup, type Sign } from '../../../domain/gates/sign.ts';

/** What its tools print where something is missing here, rather than wrong in the code. */
export const signs: readonly Sign[] = [
  ofVersion('Python', /requires a different Python: (\S+ not in '[^'\n]+')/, (name) => `the Python here is ${name}`),
  ofVersion(
    'Python',
    /No module named '(tomllib|distutils|imp|asyncore|asynchat|smtpd|cgi|telnetlib)'/,
    (name) => `it imports ${name}, which the Python here lacks`,
  ),
  ofVersion(
    'Python',
    /cannot import name '(\w+)' from ['](?:typing|enum|datetime|itertools|functools|contextlib)'/,
    (name) => `it imports ${name}, which the Python here lacks`,
  ),
  {
    what: 'tool',
    // With these two lines below it, which pytest alone prints.
    pattern: /: error: unrecognized arguments: (-\S+)[^\n]*\n\s+inifile: [^\n]*\n\s+rootdir: /,
    says: (name) => `pytest does not know ${name} here: the plugin that brings it is not installed`,
    fix: 'list the plugin where the project lists what its tests need, commit that, and start a new omk run',
  },
  {
    what: 'tool',
    pattern: /(?:^|\n)\S*python[\d.]*: No module named (pytest|mypy|ruff|nox|tox|django)(?:\n|$)/,
    says: (name) => `${name} is not installed here, and no group, extra or file of requirements for tests brings it`,
    fix: 'list it where the project lists what its tests need, commit that, and start a new omk run; or install it where python3 finds it',
  },
  {
    what: 'generated',
    pattern: /Missing staticfiles manifest entry for /,
    says: () => 'it needs the static files that manage.py collectstatic makes',
    fix: setup('python3 manage.py collectstatic --no-input', 'staticfiles'),
  },
];
