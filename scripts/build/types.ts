import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

/** What a caller of the library sees; the implementation has no part in it. */
const SEEN = ['src/app/judge/request.ts', 'src/app/judge/result.ts'];

const ENTRY = `import type { JudgeRequest } from './types/app/judge/request.js';
import type { JudgeResult } from './types/app/judge/result.js';
export type { JudgeNotice, JudgeRequest } from './types/app/judge/request.js';
export type { JudgedGate, JudgeResult } from './types/app/judge/result.js';
/** Judges a change. Rejects with an error that has \`code\`, \`message\` and \`fix\` where it could not be judged at all. */
export declare function judge(request?: JudgeRequest): Promise<JudgeResult>;
`;

/** Declarations of what the package exports, by path below `dist`. */
export function types(root: string): ReadonlyMap<string, Uint8Array> {
  const dir = mkdtempSync(join(tmpdir(), 'omk-types-'));
  try {
    const config = join(dir, 'tsconfig.json');
    const compilerOptions = {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: join(root, 'src'),
      typeRoots: [join(root, 'node_modules', '@types')],
      outDir: 'out',
    };
    const files = SEEN.map((file) => join(root, file));
    writeFileSync(
      config,
      JSON.stringify({ extends: join(root, 'tsconfig.json'), include: [], files, compilerOptions }),
    );
    execFileSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--project', config], {
      cwd: root,
    });
    const made = readdirSync(join(dir, 'out'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const declarations = made.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      // A path to a source is none to its declaration.
      const text = readFileSync(file, 'utf8').replaceAll(/(from '\.{1,2}\/[^']*)(?<!\.d)\.ts'/g, "$1.js'");
      return [join('types', relative(join(dir, 'out'), file)), Buffer.from(text)] as const;
    });
    return new Map<string, Uint8Array>([['judge.d.ts', Buffer.from(ENTRY)], ...declarations]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
