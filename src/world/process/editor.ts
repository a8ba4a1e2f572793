import { spawn } from 'node:child_process';

/**
 * Opens a file in a person's editor, on their terminal, and waits until it is closed. The editor may be a command with arguments.
 * Its exit code: another than 0 says that it did not start, or that the person wants nothing kept.
 */
export const openEditor = (editor: string, file: string): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit' });
    child.once('error', reject).once('exit', resolve);
  });
