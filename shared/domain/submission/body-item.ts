/** What a format's reader finds in a body, one piece after the other. */
import type { CsvSeparator } from '../job/job.ts';
import type { RowProblem } from '../api/problem.ts';

/** Where in an entry or member of JSON a name stands for the second time in its object: names, and places in arrays. */
export type Repeated = readonly (readonly (string | number)[])[];

export type BodyItem =
  /** One entry of `resets`, or one line of NDJSON. */
  | { readonly kind: 'entry'; readonly value: unknown; readonly line?: number; readonly repeated?: Repeated }
  /** One line of NDJSON that is not JSON. */
  | { readonly kind: 'badLine'; readonly line: number; readonly problem: Omit<RowProblem, 'row'> }
  /** A member of the JSON body other than the entries; `resets` itself arrives with its entries taken out. */
  | { readonly kind: 'member'; readonly name: string; readonly value: unknown; readonly repeated?: Repeated }
  /** How the cells of a CSV are separated; comes before the header, and not of a file that says another one itself. */
  | { readonly kind: 'separator'; readonly separator: CsvSeparator }
  /**
   * One record of a CSV, the header first. `line` is where it begins; `isOpen`: the text ends in it, without a line
   * end.
   */
  | { readonly kind: 'cells'; readonly line: number; readonly cells: readonly string[]; readonly isOpen?: true }
  /** Nothing more can be read. */
  | { readonly kind: 'stopped'; readonly problem: RowProblem };

export type BodyFormat = 'json' | 'ndjson' | 'csv';
