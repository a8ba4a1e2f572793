import type { Runners } from '../../world/gates/ecosystem-gates.ts';
import { toldByJvm } from './classes.ts';
import { maven } from './maven/reader.ts';
import { gradle } from './gradle/reader.ts';
import { junitCanary } from './junit-canary.ts';

export const jvm = {
  maven: { reader: toldByJvm(maven), canary: junitCanary },
  gradle: { reader: toldByJvm(gradle), canary: junitCanary },
} satisfies Runners;
