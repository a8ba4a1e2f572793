// A reporter of vitest that prints nothing and leaves who imports what, as vite knows it, in the way that `loads.cjs` does.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const given = JSON.parse(process.env.OMK_LOADS ?? 'null');

export default class Loads {
  onInit(vitest) {
    this.vitest = vitest;
  }

  onFinished() {
    this.end();
  }

  onTestRunEnd() {
    this.end();
  }

  end() {
    if (given === null || this.vitest === undefined) return;
    const { checkout, folder } = given;
    const own = (path) =>
      typeof path === 'string' && path.startsWith(`${checkout}/`) && !path.includes('/node_modules/');
    const name = (path) => path.replace(/\?.*$/, '').slice(checkout.length + 1);
    const lines = new Set();
    for (const server of serversOf(this.vitest)) {
      for (const path of server.config?.configFileDependencies ?? [])
        if (own(path)) lines.add(JSON.stringify([null, name(path)]));
      for (const graph of graphsOf(server))
        for (const { id, file, importers } of graph.idToModuleMap?.values() ?? []) {
          const to = file ?? id;
          if (!own(to)) continue;
          const by = [...(importers ?? [])].map((each) => each.file ?? each.id).filter(own);
          for (const from of by.length === 0 ? [null] : by)
            lines.add(JSON.stringify([from === null ? null : name(from), name(to)]));
        }
    }
    const first = JSON.stringify({ process: `${process.pid}-vite`, by: `${process.pid}-0`, main: null, late: true });
    writeFileSync(join(folder, `${process.pid}-vite.jsonl`), `${[first, ...lines].join('\n')}\n`);
  }
}

const serversOf = (vitest) =>
  new Set(
    [vitest, ...(vitest.projects ?? [])].flatMap((each) => [each.vite, each.server].filter((server) => server?.config)),
  );

const graphsOf = (server) =>
  new Set(
    [server.moduleGraph, ...Object.values(server.environments ?? {}).map(({ moduleGraph }) => moduleGraph)].filter(
      (graph) => graph?.idToModuleMap,
    ),
  );
