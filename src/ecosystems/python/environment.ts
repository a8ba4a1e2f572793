/** What Python finds before anything else, and no bytecode beside sources. */
export const pythonFinds = (env: NodeJS.ProcessEnv, folder: string): Readonly<Record<string, string>> => ({
  PYTHONPATH: [folder, env['PYTHONPATH'] ?? ''].filter((path) => path !== '').join(':'),
  PYTHONDONTWRITEBYTECODE: '1',
});
