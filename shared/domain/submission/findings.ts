/** What a check answers, and a notebook for the problems of one place. */
import type { RowProblem } from '../api/problem.ts';
import type { SubmissionCode } from './codes.ts';

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: SubmissionCode; readonly message: string };

export function good<T>(value: T): Checked<T> {
  return { ok: true, value };
}

export function bad(code: SubmissionCode, message: string): Checked<never> {
  return { ok: false, code, message };
}

/** Where a reset stands. `line` is given where lines and rows differ (CSV, NDJSON). */
export interface Place {
  readonly row?: number;
  readonly line?: number;
}

/** Names and messages may quote what a caller wrote, which has no limit of its own. */
const FIELD_MAX_CHARS = 200;
const MESSAGE_MAX_CHARS = 1_500;

/** Makes a problem; the only maker, so that every code is a documented one. */
export function problemAt(place: Place, code: SubmissionCode, message: string, field?: string): RowProblem {
  return {
    code,
    message: message.slice(0, MESSAGE_MAX_CHARS),
    ...place,
    ...(field === undefined ? {} : { field: field.slice(0, FIELD_MAX_CHARS) }),
  };
}

/** Collects the problems of one place while its fields are checked one after the other. */
export class Findings {
  readonly problems: RowProblem[] = [];
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  add(code: SubmissionCode, message: string, field?: string): void {
    this.problems.push(problemAt(this.#place, code, message, field));
  }

  /** The checked value; of a bad one the problem is noted. */
  keep<T>(field: string, checked: Checked<T>): T | undefined {
    if (checked.ok) return checked.value;
    this.add(checked.code, checked.message, field);
    return undefined;
  }
}

/** A value as it may appear in a message: one line, at most 60 characters. */
export function shown(value: string): string {
  const line = value.replaceAll(/\p{C}+/gu, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 57)}...` : line}"`;
}
