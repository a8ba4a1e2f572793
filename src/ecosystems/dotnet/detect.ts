import type { Detector } from '../../world/gates/detect/port.ts';

export const dotnet: Detector = {
  name: 'dotnet',
  looksFor: 'a solution or project of .NET',
  async detect(files) {
    for (const { path } of await files.list()) {
      if (!/^[^/]+\.(?:slnx?|csproj|fsproj)$/.test(path)) continue;
      // A solution may be of C and C++ alone.
      const text = (await files.text(path)) ?? '';
      if (/\.vcxproj\b/i.test(text) && !/\.(?:cs|fs|vb)proj\b/i.test(text)) continue;
      return [{ id: 'dotnet-test', argv: ['dotnet', 'test'], kind: 'test', because: `there is a ${path}` }];
    }
    return [];
  },
};
