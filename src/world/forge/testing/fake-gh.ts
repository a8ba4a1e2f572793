import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A `gh` in a folder for the PATH that speaks to one fake API and knows one login, as far as omk uses it. */
export function writeFakeGh(
  dir: string,
  options: { readonly url: string; readonly host: string; readonly token: string },
): string {
  mkdirSync(dir, { recursive: true });
  writeFileSync(
    join(dir, 'gh'),
    `#!${process.execPath}
const { url, host, token } = ${JSON.stringify(options)};
const args = process.argv.slice(2);
const after = (flag) => args[args.indexOf(flag) + 1];
if (args[0] === 'auth') {
  if (after('--hostname') !== host) { console.error('no oauth token found for ' + after('--hostname')); process.exit(1); }
  console.log(token);
} else {
  let body = '';
  if (args.includes('--input')) for await (const chunk of process.stdin) body += chunk;
  const headers = { authorization: 'token ' + token, accept: args.includes('--header') ? after('--header').slice(8) : '*/*' };
  const request = { method: after('--method'), headers, ...(body === '' ? {} : { body }) };
  try {
    const response = await fetch(url + '/' + args.at(-1), request);
    process.stdout.write('HTTP/1.1 ' + response.status + ' X\\n');
    for (const [name, value] of response.headers) process.stdout.write(name + ': ' + value + '\\r\\n');
    process.stdout.write('\\r\\n' + (await response.text()));
    if (response.status > 299) { console.error('gh: HTTP ' + response.status); process.exitCode = 1; }
  } catch {
    console.error('error connecting to ' + host);
    process.exitCode = 1;
  }
}
`,
    { mode: 0o755 },
  );
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }\n');
  return dir;
}
