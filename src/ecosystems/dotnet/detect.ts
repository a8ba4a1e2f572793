import type { Detector } from '../../world/gates/detect/port.ts';

export const dotnet: Detector = {
  name: 'dotnet',
  looksFor: 'a solution or project of .NET',
  async detect(files) {
    const project = (await files.list()).find(({ path }) => /^[^/]+\.(?:slnx?|csproj|fsproj)$/.test(path));
    return project === undefined
      ? []
      : [{ id: 'dotnet-test', argv: ['dotnet', 'test'], kind: 'test', because: `there is a ${project.path}` }];
  },
};
