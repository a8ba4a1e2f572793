import { missingHere, type Prepared } from './missing-here.ts';

/** What is missing here for what judges the base, each as one sentence without a full stop; first what concerns every gate. */
export function lackingHere(state: Prepared): readonly string[] {
  const { dependencies, policy } = state;
  const installed = dependencies?.lacking === true ? [notInstalled(dependencies.detail)] : [];
  const byGate = (policy?.gates ?? []).flatMap((gate) => {
    const missing = gate.skip ? null : missingHere(state, gate);
    return missing && missing.what !== 'dependencies'
      ? [`gate ${missing.gate} cannot pass here: ${missing.text} (${missing.fix})`]
      : [];
  });
  return [...installed, ...byGate];
}

export const notInstalled = (why: string): string => `nothing is installed: ${why}`;
