const SEEDED = 'src/domain/testing/fast-check.ts';

/** Lines that take the library of properties past the file that gives it a seed: their cases would differ from run to run. */
export function withoutSeed(file: string, text: string): readonly string[] {
  if (file === SEEDED) return [];
  return text.split('\n').flatMap((line, at) => {
    if (!/^(?:import|export|\})[^']*from 'fast-check'/.test(line)) return [];
    return [`${file}:${at + 1}: imports fast-check, which has its seed from ${SEEDED}`];
  });
}
