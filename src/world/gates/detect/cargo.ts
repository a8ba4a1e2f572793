import type { Detector } from './port.ts';

export const cargo: Detector = {
  name: 'cargo',
  async detect(files) {
    const manifest = await files.file('Cargo.toml');
    return manifest === null ? [] : [{ id: 'cargo-test', argv: ['cargo', 'test'], kind: 'test', because: 'there is a Cargo.toml' }];
  },
};
