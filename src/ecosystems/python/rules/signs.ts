import { ofVersion, setup, type Sign } from '../../../domain/gates/sign.ts';

/** What its tools print where something is missing here, rather than wrong in the code. */
export const signs: readonly Sign[] = [
  ofVersion('Python', /requires a different Python: (\S+ not in '[^'\n]+')/, (name) => `the Python here is ${name}`),
  {
    what: 'generated',
    pattern: /Missing staticfiles manifest entry for /,
    says: () => 'it needs the static files that manage.py collectstatic makes',
    fix: setup('python3 manage.py collectstatic --no-input', 'staticfiles'),
  },
];
