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
import { collected, inFile } from './collect.ts';

const COLLECT = pathToFileURL(resolve(import.meta.dirname, 'collect.ts')).href;
/** The folder whose mutants are run: its own tests are asked first. */
const OWN = `src/domain/${process.env['OMK_MUTATION_PIECE'] ?? '-'}/`;
/** Tests with many generated cases: they are asked last. */
const SLOW = [/canonical/, /text\.test/, /simulation|testing/];
const rank = (file: string): number => {
  const slow = SLOW.findIndex((pattern) => pattern.test(file));
  return slow === -1 && file.startsWith(OWN) ? -2 : slow;
};

/** A property that has not failed by then lets a mutant live. */
const LONGEST_PROPERTY_MS = 1000;
/** Of all mutants this share is tried, always the same ones. */
const SHARE = Number(process.env['OMK_MUTATION_SHARE'] ?? 1);
const isTried = ({ fileName, location, mutatorName, replacement }: MutantRunOptions['activeMutant']): boolean => {
  const name = JSON.stringify([basename(fileName), location, mutatorName, replacement]);
  return Number.parseInt(hash('sha256', name).slice(0, 8), 16) / 2 ** 32 < SHARE;
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
    const result = await this.#run(() => true, disableBail);
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
    return toMutantRunResult(await this.#run((id) => wanted === null || wanted.has(id), disableBail));
  }

  #load(): Promise<void> {
    return (this.#loaded ??= load());
  }

  async #run(wanted: (id: string) => boolean, disableBail: boolean): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    for (const { id, file, run } of collected.filter((one) => wanted(one.id))) {
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
  registerHooks({
    resolve: (name, context, next) =>
      name === 'node:test' ? { url: COLLECT, shortCircuit: true } : next(name, context),
  });
  const files = globSync('src/domain/**/*.test.ts').sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
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
