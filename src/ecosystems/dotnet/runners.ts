import type { Runners } from '../../world/gates/ecosystem-gates.ts';
import { dotnetCanary } from './dotnet-test/canary.ts';
import { dotnet as reader } from './dotnet-test/reader.ts';

export const dotnet = {
  dotnet: { reader, canary: dotnetCanary },
} satisfies Runners;
