/** The environment that omk was started with. */
export const environment = (): NodeJS.ProcessEnv => process.env;

/** The folder that omk was started in. */
export const currentFolder = (): string => process.cwd();
