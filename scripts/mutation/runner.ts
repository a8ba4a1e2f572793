import { hash } from 'node:crypto';
import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from '@stryker-mutator/api/core';
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunOptions,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import { fc } from '../../src/domain/testing/fast-check.ts';
import { collected, inFile, type Collected } from './collect.ts';

const COLLECT = pathToFileURL(resolve(import.meta.dirname, 'collect.ts')).href;
/** Tests with many generated cases: they are asked last. */
const SLOW = [/canonical/, /text\.test/, /simulation|testing/];
const pace = (test: string): number => SLOW.findIndex((pattern) => pattern.test(test));

/** The same for a file and its copy in the sandbox. */
const inDomain = (file: string): string => {
  const path = file.replaceAll('\\', '/');
  return path.slice(path.lastIndexOf('src/domain/') + 'src/domain/'.length);
};
const folderOf = (file: string): string => /^(?<folder>[^/]+)\//.exec(inDomain(file))?.groups?.['folder'] ?? 'loose';
/** How soon a test is asked about a change of this file: the test beside it first, then those of its folder. */
const rank = (file: string, test: string): number => {
  if (inDomain(file).replace(/\.ts$/, '.test.ts') === inDomain(test)) return -3;
  return folderOf(file) === folderOf(test) ? -2 : pace(test);
};

/** A property that has not failed by then lets a mutant live. */
const LONGEST_PROPERTY_MS = 3000;
/** So do tests that had so much of a processor and did not fail: a score is never too good for that. */
const LONGEST_MUTANT_MS = 4000;
/** The folders whose tests are asked; null: all. */
const FOLDERS: readonly string[] | null = JSON.parse(process.env['OMK_MUTATION_TESTS'] ?? 'null');
/** Of all mutants of a folder this share is tried, always the same ones. */
const SHARES: Readonly<Record<string, number>> = JSON.parse(process.env['OMK_MUTATION_SHARES'] ?? '{}');
const isTried = ({ fileName, location, mutatorName, replacement }: MutantRunOptions['activeMutant']): boolean => {
  const name = JSON.stringify([basename(fileName), location, mutatorName, replacement]);
  return Number.parseInt(hash('sha256', name).slice(0, 8), 16) / 2 ** 32 < (SHARES[folderOf(fileName)] ?? 1);
};

declare global {
  var __stryker__: InstrumenterContext | undefined;
}

/** The domain's tests in this process: loaded once, and run again for each mutant, only those that reach it. */
export class DomainTests implements TestRunner {
  #loaded: Promise<void> | null = null;

  get #context(): InstrumenterContext {
    return (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});
  }

  /** What only runs while files are loaded is not asked for (`--ignoreStatic`): nothing has to be loaded again, which costs seconds. */
  capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: true };
  }

  async dryRun({ disableBail }: DryRunOptions): Promise<DryRunResult> {
    await this.#load();
    // All cases, so that what tests reach is found whatever the machine has to do besides.
    fc.configureGlobal({ ...fc.readConfigureGlobal(), interruptAfterTimeLimit: 60_000 });
    const result = await this.#run(collected, disableBail);
    const { mutantCoverage } = this.#context;
    return result.status === DryRunStatus.Complete && mutantCoverage !== undefined
      ? { ...result, mutantCoverage }
      : result;
  }

  async mutantRun({
    activeMutant,
    mutantActivation,
    testFilter,
    disableBail,
    hitLimit,
  }: MutantRunOptions): Promise<MutantRunResult> {
    if (!isTried(activeMutant)) return { status: MutantRunStatus.Survived, nrOfTests: 0 };
    const context = this.#context;
    Object.assign(context, { hitLimit, hitCount: hitLimit === undefined ? undefined : 0 });
    if (mutantActivation === 'static') context.activeMutant = activeMutant.id;
    await this.#load();
    fc.configureGlobal({ ...fc.readConfigureGlobal(), interruptAfterTimeLimit: LONGEST_PROPERTY_MS });
    context.activeMutant = activeMutant.id;
    const wanted = testFilter === undefined ? null : new Set(testFilter);
    const tests = collected.filter(({ id }) => wanted === null || wanted.has(id));
    const near = tests.toSorted((a, b) => rank(activeMutant.fileName, a.file) - rank(activeMutant.fileName, b.file));
    return toMutantRunResult(await this.#run(near, disableBail, LONGEST_MUTANT_MS));
  }

  #load(): Promise<void> {
    return (this.#loaded ??= load());
  }

  async #run(wanted: readonly Collected[], disableBail: boolean, longest = Infinity): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    const began = process.cpuUsage();
    for (const { id, file, run } of wanted) {
      if (process.cpuUsage(began).user / 1000 > longest) break;
      this.#context.currentTestId = id;
      const from = performance.now();
      const failure = await attempt(run);
      const told = { id, name: id, fileName: resolve(file), timeSpentMs: performance.now() - from };
      tests.push(
        failure === null
          ? { ...told, status: TestStatus.Success }
          : { ...told, status: TestStatus.Failed, failureMessage: failure },
      );
      const reached = determineHitLimitReached(this.#context.hitCount, this.#context.hitLimit);
      if (reached !== undefined) return reached;
      if (failure !== null && !disableBail) break;
    }
    delete this.#context.currentTestId;
    return { status: DryRunStatus.Complete, tests };
  }
}

async function load(): Promise<void> {
  // Fewer generated worlds for each mutant; `npm test` has them all.
  process.env['OMK_FC_RUNS'] ??= '25';
  fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: 40 });
  registerHooks({
    resolve: (name, context, next) =>
      name === 'node:test' ? { url: COLLECT, shortCircuit: true } : next(name, context),
  });
  const files = globSync('src/domain/**/*.test.ts')
    .filter((file) => FOLDERS === null || FOLDERS.includes(folderOf(file)))
    .sort((a, b) => pace(a) - pace(b) || (a < b ? -1 : 1));
  for (const file of files) {
    const before = collected.length;
    inFile(file);
    const { href } = pathToFileURL(resolve(file));
    await import(href);
    if (collected.length === before) throw new Error(`${file} has no tests`);
  }
}

async function attempt(run: () => unknown): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
