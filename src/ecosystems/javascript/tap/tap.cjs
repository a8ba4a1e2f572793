// A reporter for node-tap 16 and later, which pipes the TAP of the whole run into it: writes it down line by line, and
// hands it on for people, which versions before 18 leave to the reporter. `OMK_REPORT_DIR` names the directory.
const { PassThrough } = require('node:stream');
const { StringDecoder } = require('node:string_decoder');
const { claim } = require(__filename.replace(/\.cjs$/, '.seal.cjs'));

const start = claim(process.env.OMK_REPORT_DIR ?? '');

module.exports = class Report extends PassThrough {
  constructor() {
    super();
    this.report = start?.('tap');
    this.decoder = new StringDecoder('utf8');
    this.rest = '';
    setImmediate(() => {
      if (this.readableFlowing === null) this.pipe(process.stdout);
    });
  }

  _transform(chunk, encoding, done) {
    const lines = (this.rest + (typeof chunk === 'string' ? chunk : this.decoder.write(chunk))).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.report?.write({ event: 'tap', line });
    done(null, chunk);
  }

  _flush(done) {
    if (this.rest !== '') this.report?.write({ event: 'tap', line: this.rest });
    this.report?.end();
    done();
  }
};
