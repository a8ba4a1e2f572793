/** What Ruby loads before any program. */
export const rubyLoads = (env: NodeJS.ProcessEnv, file: string): Readonly<Record<string, string>> => ({
  RUBYOPT: [`-r${file}`, env['RUBYOPT'] ?? ''].join(' ').trim(),
});
