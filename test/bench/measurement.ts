/** One measurement: what it does, and the table of figures that it fills. */
import type { Scale } from './scale.ts';

export interface Target {
  /** Whose figure must reach it. */
  readonly column: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One row of a table. */
export interface Figure {
  readonly name: string;
  readonly unit?: string;
  /** Decimals. Default 0. */
  readonly digits?: number;
  readonly target?: Target;
}

/** Figures of one run: row → column → number. What is missing does not apply. */
export type Figures = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface Measurement {
  readonly name: string;
  readonly title: string;
  /** How it was measured, for whoever reads the table. */
  readonly about: string;
  readonly columns: readonly string[];
  readonly rows: readonly Figure[];
  run(scale: Scale): Promise<Figures>;
}
