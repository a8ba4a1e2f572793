import type { Detector } from '../../world/gates/detect/port.ts';

export const php: Detector = {
  name: 'phpunit',
  looksFor: 'phpunit.xml',
  async detect(files) {
    for (const name of ['phpunit.xml', 'phpunit.xml.dist', 'phpunit.dist.xml']) {
      if ((await files.file(name)) === null) continue;
      // The version that composer installed, where there is one to install.
      const own = /"phpunit\/phpunit"\s*:/.test((await files.text('composer.json')) ?? '');
      return [
        { id: 'phpunit', argv: [own ? 'vendor/bin/phpunit' : 'phpunit'], kind: 'test', because: `there is a ${name}` },
      ];
    }
    return [];
  },
};
