/** `NODE_OPTIONS` with further options behind those the gate has. */
export const nodeOptions = (
  env: Readonly<Record<string, string>>,
  options: readonly string[],
): { readonly NODE_OPTIONS: string } => ({
  NODE_OPTIONS: [env['NODE_OPTIONS'] ?? '', ...options.map(quoted)].filter((option) => option !== '').join(' '),
});

/** Node cuts the variable at spaces outside of double quotes. */
const quoted = (option: string): string => (/[\s"\\]/.test(option) ? `"${option.replace(/["\\]/g, '\\$&')}"` : option);
