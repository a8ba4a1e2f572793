/** Milliseconds for people: `0.4s`, `12s`, `1m 12s`, `2h 03m`. Unknown stays unknown. */
export function duration(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return 'unknown';
  const whole = Math.max(0, ms);
  if (whole < 10_000) return `${(Math.floor(whole / 100) / 10).toFixed(1)}s`;
  const seconds = Math.floor(whole / 1000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${pad(seconds % 60)}s`;
  return `${Math.floor(minutes / 60)}h ${pad(minutes % 60)}m`;
}

const pad = (count: number): string => String(count).padStart(2, '0');
