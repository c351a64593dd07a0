/** What one thing of an app registration is like. */

export interface Finding {
  readonly is: 'right' | 'missing' | 'wrong';
  readonly thing: string;
  readonly detail?: string;
}

/** One request, and what it mends. */
export interface Change {
  readonly body: object;
  readonly mends: readonly Finding[];
}

/** What is found of one part of it, and what that part should be. */
export type Part<Value> = { readonly findings: readonly Finding[]; readonly value: Value };

export const isDeviation = ({ is }: Finding): boolean => is !== 'right';

export const finding = (is: Finding['is'], thing: string, detail?: string): Finding => ({
  is,
  thing,
  ...(is !== 'right' && detail !== undefined && { detail }),
});
