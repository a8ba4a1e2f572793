import type { Detector } from '../../../world/gates/detect/port.ts';
import { specsOf } from '../specs.ts';

export const rspec: Detector = {
  name: 'rspec',
  looksFor: 'specs of RSpec',
  async detect(files) {
    const paths = (await files.list()).map(({ path }) => path);
    const specs = (await specsOf(files)) === 'rspec' ? 'there are specs in spec/' : null;
    const reason = paths.includes('.rspec') ? 'there is a .rspec' : specs;
    if (reason === null) return [];
    const bundled = /^\s*gem\s*\(?\s*['"]rspec/m.test((await files.text('Gemfile')) ?? '');
    return [{ id: 'rspec', argv: bundled ? ['bundle', 'exec', 'rspec'] : ['rspec'], kind: 'test', because: reason }];
  },
};
