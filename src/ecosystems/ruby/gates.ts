import type { Detector } from '../../world/gates/detect/port.ts';
import { rspec } from './rspec/detect.ts';
import { rubyTests } from './ruby-test/detect.ts';

export const ruby: readonly Detector[] = [rspec, rubyTests];
