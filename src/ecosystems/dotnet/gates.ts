import type { EcosystemGates } from '../../world/gates/ecosystem-gates.ts';
import { dotnet as detector } from './detect.ts';

export const dotnet: EcosystemGates = { detectors: [detector], planners: [] };
