/** Which answers of the table service are expected outcomes rather than faults. */
import { RestError } from '@azure/data-tables';

const statusOf = (error: unknown): number | undefined => (error instanceof RestError ? error.statusCode : undefined);

/** The row is not there. */
export const isNotFound = (error: unknown): boolean => statusOf(error) === 404;

/** The row is there already, or is no longer the version that was read. */
export const isConflict = (error: unknown): boolean => statusOf(error) === 409 || statusOf(error) === 412;

/** Turns one expected failure into a value; everything else goes on as a throw. */
export async function orElse<T, E>(work: Promise<T>, expected: (error: unknown) => boolean, value: E): Promise<T | E> {
  try {
    return await work;
  } catch (error) {
    if (expected(error)) return value;
    throw error;
  }
}
