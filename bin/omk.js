#!/usr/bin/env node
/* This file must parse on every Node since 12, so that an old one gets a sentence and not a syntax error. */
'use strict';

var NEEDED = 24;

function say(sentence) {
  process.stderr.write('omk: ' + sentence + '\n');
  /* To an agent that asks its stop hook, 2 is the order to go on. */
  process.exitCode = process.argv.indexOf('--hook') === -1 ? 2 : 1;
}

/** One folder after the other: `recursive` never ends where a name cannot be made and its parent is there, as below /proc. */
function makeFolders(fs, path, folder) {
  if (fs.existsSync(folder)) return;
  if (path.dirname(folder) !== folder) makeFolders(fs, path, path.dirname(folder));
  try {
    fs.mkdirSync(folder, { mode: 448 /* 0700 */ });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

/**
 * Compiled code lies in the state directory, which agents cannot see: whoever can write it can change what omk does.
 * A directory that others can enter has none yet: omk closes it, or refuses it, when it opens its store.
 */
function cacheCompiledCode() {
  var path = require('path');
  var home = process.env.HOME || require('os').homedir();
  var base = process.env.XDG_STATE_HOME || path.join(home, '.local', 'state');
  var state = process.env.OMK_STATE_DIR || path.join(base, 'omk');
  if (!path.isAbsolute(state)) return;
  try {
    var fs = require('fs');
    makeFolders(fs, path, state);
    var found = fs.statSync(state);
    if ((found.mode & 63) /* 0077 */ !== 0 || (process.getuid && found.uid !== process.getuid())) return;
    require('module').enableCompileCache(path.join(state, 'compiled'));
  } catch {
    /* Only slower without it. */
  }
}

/** A clone has brought a Node along; the published package has not. */
function newerNode() {
  var folder = require('path').join(__dirname, '..', 'node_modules', '.bin');
  return require('fs').existsSync(folder) ? 'put ' + folder + ' first on the PATH' : 'https://nodejs.org';
}

/** Output that nobody reads is dropped. */
function ignore() {}

function start() {
  process.stdout.on('error', ignore);
  process.stderr.on('error', ignore);
  var first = process.argv[2];
  if (process.argv.length === 3 && (first === '--version' || first === '-V')) {
    process.stdout.write(require('../package.json').version + '\n');
    return;
  }
  if (parseInt(process.versions.node, 10) < NEEDED) {
    say(
      'this is Node ' + process.versions.node + ', and omk needs Node ' + NEEDED + ' or newer (' + newerNode() + ').',
    );
    return;
  }
  cacheCompiledCode();
  import('../dist/omk.js').catch(function (error) {
    if (
      error &&
      error.code === 'ERR_MODULE_NOT_FOUND' &&
      /dist[\\/]omk\.js/.test(String(error.message).split(' imported from ')[0])
    ) {
      say('it is not built yet: run `npm ci` in ' + require('path').dirname(__dirname) + '.');
      return;
    }
    throw error;
  });
}

start();
