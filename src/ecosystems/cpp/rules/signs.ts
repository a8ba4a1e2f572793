import { ofVersion, type Sign } from '../../../domain/gates/sign.ts';

/** What its tools print where something is missing here, rather than wrong in the code. */
export const signs: readonly Sign[] = [
  ofVersion(
    'CMake',
    /CMake (\S+ or higher is required\.\s+You are running version [\d.]*\d)/,
    (name) => `CMake ${name.replaceAll(/\s+/g, ' ')}`,
  ),
];
