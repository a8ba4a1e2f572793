import type { KeptPlan } from '../plan/document.ts';

/** What a planner handed in after one turn, as omk read it. */
export type PlanSubmission = { readonly attempt: number; readonly turn: number } & (
  | { readonly kind: 'refused'; readonly why: readonly string[] }
  | ({ readonly kind: 'read' } & KeptPlan)
);
