import { spawn } from 'node:child_process';

/** Opens a file in a person's editor, on their terminal, and waits until it is closed. The editor may be a command with arguments. */
export const openEditor = (editor: string, file: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit' });
    child.once('error', reject).once('exit', () => resolve());
  });
