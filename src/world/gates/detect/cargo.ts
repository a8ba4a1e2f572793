import type { Detector } from './port.ts';

export const cargo: Detector = {
  name: 'cargo',
  async detect(files) {
    const manifest = await files.text('Cargo.toml');
    if (manifest === null) return [];
    // Without it, a workspace whose root is a crate tests that crate alone.
    if (/^\s*\[workspace[.\]]/m.test(manifest)) return [{ id: 'cargo-test', argv: ['cargo', 'test', '--workspace'], kind: 'test', because: 'Cargo.toml is a workspace' }];
    return [{ id: 'cargo-test', argv: ['cargo', 'test'], kind: 'test', because: 'there is a Cargo.toml' }];
  },
};
