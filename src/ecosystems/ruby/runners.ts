import type { Runners } from '../../world/gates/ecosystem-gates.ts';
import { rspecCanary } from './rspec/canary.ts';
import { rspec } from './rspec/reader.ts';
import { rubyTestCanary } from './ruby-test/canary.ts';
import { rubyTest } from './ruby-test/reader.ts';

export const ruby = {
  rspec: { reader: rspec, canary: rspecCanary },
  'ruby-test': { reader: rubyTest, canary: rubyTestCanary },
} satisfies Runners;
