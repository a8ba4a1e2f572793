const SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:sk|pk|rk)-[A-Za-z0-9_-]{16,}/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /\bAIza[0-9A-Za-z_-]{30,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{5,}/g,
];

/** Replaces the given secret values (8 characters or longer) and well-known shapes of secrets by `[redacted]` (trust rule T16). */
export function redact(text: string, values: readonly string[]): string {
  const known = values.filter((value) => value.length >= 8).sort((a, b) => b.length - a.length);
  const masked = known.reduce((rest, value) => rest.replaceAll(value, '[redacted]'), text);
  return SHAPES.reduce((rest, shape) => rest.replace(shape, '[redacted]'), masked);
}
