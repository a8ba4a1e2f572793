export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'missing' | 'limited';
  readonly text: string;
  readonly fix: string;
}
