import { setup, type Sign } from '../../../domain/gates/sign.ts';

/** What its tools print where something is missing here, rather than wrong in the code. */
export const signs: readonly Sign[] = [
  {
    what: 'generated',
    pattern: /Cannot open (?:bootstrap script|file) "(?:\/[^"\n]*\/checkout\/)?([^"\n]+\.php)"/,
    says: (name) => `its settings load ${name}, which is not in the repository`,
    fix: `commit that file, or ${setup('composer dump-autoload', 'vendor', 'the command and the folder of this project')}`,
  },
];
