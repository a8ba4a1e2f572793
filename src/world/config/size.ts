const UNITS = { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 } as const;

/** `64 MB` as bytes; null for anything else. */
export function sizeBytes(text: string): number | null {
  const found = /^(\d{1,6}) ?(KB|MB|GB)$/.exec(text);
  const [, count, unit] = found ?? [];
  return unit === 'KB' || unit === 'MB' || unit === 'GB' ? Number(count) * UNITS[unit] : null;
}
