import type { Commands } from '../../world/gates/command/port.ts';
import { pythonTask, taskLines } from './tasks/python.ts';

export const python: Commands = {
  interpreters: /^python[\d.]*$/,
  versions: {
    python: ['python', '--version'],
    python3: ['python3', '--version'],
    pytest: ['pytest', '--version'],
  },
  tasks: {
    files: ['tox.ini', 'pyproject.toml', 'noxfile.py', 'hatch.toml'],
    starts: (argv) => pythonTask(argv) !== null,
    lines: (argv, texts) =>
      taskLines(argv, {
        tox: texts['tox.ini'] ?? '',
        pyproject: texts['pyproject.toml'] ?? '',
        noxfile: texts['noxfile.py'] ?? '',
        hatch: texts['hatch.toml'] ?? '',
      }),
  },
};
