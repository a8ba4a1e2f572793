import type { EcosystemGates } from '../../world/gates/ecosystem-gates.ts';
import { planBundler } from './bundler/plan.ts';
import { rspec } from './rspec/detect.ts';
import { rubyTests } from './ruby-test/detect.ts';

export const ruby: EcosystemGates = { detectors: [rspec, rubyTests], planners: [planBundler] };
