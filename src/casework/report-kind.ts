import type { System } from '../core/policy.ts';
import type { Query } from '../store/open.ts';

/** Who may do something with a report, by which rule. */
export interface ReportGuard {
  readonly rule: string;
  readonly roles: readonly string[];
}

/** A report that is archived: how its directive calls it, who submits it and who decides on it. */
export interface ReportKind {
  readonly system: System;
  /** As typed: `csr report`. */
  readonly command: string;
  /** Who submits a report of a district, or of all (null), and who approves or returns it. */
  guards(district: string | null): { readonly submit: ReportGuard; readonly decide: ReportGuard };
  /** The rule that a submission is evidence for; null when it is none. */
  evidence(period: string, district: string | null): string | null;
  /** When the first record that its reports of a district, or of all (null), tell of came: one row of one instant. */
  firstRecord(district: string | null): Query;
  /** What is said of the days from the end of its period to the submission. */
  readonly lateness: string;
}

/** What of a report its archive has to know. */
export interface ReportSubject {
  readonly period: string;
  readonly district: string | null;
  readonly beat: string | null;
}

/** `2020-Q4:005`: what a report is called, whatever its version. */
export function reportId({ period, district, beat }: ReportSubject): string {
  return [period, district ?? 'all', ...(beat === null ? [] : [beat])].join(':');
}

/** The record of a version in the event chain: `report:2020-Q4:005`, of a later one `report:2020-Q4:005@2`. */
export function recordOf(id: string, version: number): string {
  return version === 1 ? `report:${id}` : `report:${id}@${version}`;
}
