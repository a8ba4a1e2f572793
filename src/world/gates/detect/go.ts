import type { Detector } from './port.ts';

export const go: Detector = {
  name: 'go',
  async detect(files) {
    const manifest = await files.file('go.mod');
    return manifest === null ? [] : [{ id: 'go-test', argv: ['go', 'test', './...'], kind: 'test', because: 'there is a go.mod' }];
  },
};
