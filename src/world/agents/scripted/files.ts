import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Step } from './scenario.ts';

/** What a step does to the disk, or null when it is no such step. */
export function fileStep(
  step: Step,
  cwd: string,
  scenarioDirectory: string,
  prompt: string,
): { readonly title: string; readonly path: string; readonly act: () => void } | null {
  const at = (path: string): string => resolve(cwd, path);
  const make = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  };
  if ('write' in step && step.write.via !== 'client') {
    const { path } = step.write;
    return {
      title: `Write ${path}`,
      path: at(path),
      act: () => make(at(path), contentOf(step.write, scenarioDirectory)),
    };
  }
  if ('hand_in' in step) {
    const { arguments: given } = step.hand_in;
    const path = /omk-[\w-]+\.json/u.exec(prompt)?.[0] ?? 'handed-in.json';
    return { title: `Write ${path}`, path: at(path), act: () => make(at(path), JSON.stringify(given)) };
  }
  if ('write_absolute' in step) {
    const { path, content } = step.write_absolute;
    return { title: `Write ${path}`, path, act: () => make(resolve('/', path), content ?? '') };
  }
  if ('edit' in step) {
    const { path, find, replace } = step.edit;
    return {
      title: `Edit ${path}`,
      path: at(path),
      act: () => writeFileSync(at(path), edited(readFileSync(at(path), 'utf8'), find, replace, path)),
    };
  }
  if ('delete' in step)
    return {
      title: `Delete ${step.delete}`,
      path: at(step.delete),
      act: () => rmSync(at(step.delete), { recursive: true }),
    };
  if ('rename' in step) {
    const { from, to } = step.rename;
    const act = (): void => {
      mkdirSync(dirname(at(to)), { recursive: true });
      renameSync(at(from), at(to));
    };
    return { title: `Rename ${from} to ${to}`, path: at(to), act };
  }
  if ('chmod' in step)
    return {
      title: `Chmod ${step.chmod.path}`,
      path: at(step.chmod.path),
      act: () => chmodSync(at(step.chmod.path), Number.parseInt(step.chmod.mode, 8)),
    };
  if ('link' in step)
    return {
      title: `Link ${step.link.path}`,
      path: at(step.link.path),
      act: () => symlinkSync(step.link.target, at(step.link.path)),
    };
  return null;
}

/** The content a `write` step names: its own, or a file beside the scenario. */
export const contentOf = (
  write: { content?: string | undefined; from?: string | undefined },
  scenarioDirectory: string,
): Buffer =>
  write.from === undefined ? Buffer.from(write.content ?? '') : readFileSync(resolve(scenarioDirectory, write.from));

function edited(before: string, find: string, replace: string, path: string): string {
  const at = before.indexOf(find);
  if (at === -1) throw new Error(`${path} does not contain ${JSON.stringify(find)}`);
  return before.slice(0, at) + replace + before.slice(at + find.length);
}
