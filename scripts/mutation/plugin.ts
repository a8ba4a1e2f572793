import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DomainTests } from './runner.ts';

/** What `stryker.config.json` names. */
export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'domain', DomainTests)];
