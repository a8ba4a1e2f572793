// Loaded into every Node process of a gate whose command cannot be given further arguments: the runner behind it gets
// them here. `OMK_ARGUMENTS` is JSON: the packages that are the runner, its words, in which `{run}` is another text for each
// run, later ones behind earlier ones, options with a value that are taken out, as the runner wants them once, and words that a package
// knows from a version on.
const { realpathSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

const given = process.env.OMK_ARGUMENTS;
if (given !== undefined && isMainThread) {
  const { packages, words, instead = [], since } = JSON.parse(given);
  // Before nyc 15 a file of its own stands before the runner.
  const at = /\/\.node-spawn-wrap-[^/]+\/[^/]+$/.test(process.argv[1] ?? '') ? 2 : 1;
  const entry = real(process.argv[at] ?? '');
  if (packages.some((name) => entry.includes(`/node_modules/${name}/`))) {
    // Only once: the runner starts processes of its own.
    delete process.env.OMK_ARGUMENTS;
    const own = process.argv.slice(at + 1).filter((word, index, all) => {
      const [name] = word.split('=');
      return !instead.includes(name) && !instead.includes(all[index - 1]);
    });
    process.argv.splice(at + 1, Infinity, ...own);
    process.argv.push(...words.map((word) => word.replace('{run}', `${Date.now()}-${process.pid}`)));
    if (since !== undefined && isFrom(since)) process.argv.push(...since.words);
  }
}

function isFrom({ package: name, from }) {
  try {
    const { version } = require(require.resolve(`${name}/package.json`, { paths: [process.argv[1], process.cwd()] }));
    const [major, minor] = version.split('.').map(Number);
    return major > from[0] || (major === from[0] && minor >= from[1]);
  } catch {
    return false;
  }
}

function real(path) {
  try {
    return realpathSync(path).replaceAll('\\', '/');
  } catch {
    return '';
  }
}
