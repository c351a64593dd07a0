/** Compares what ARM shows of a resource with what must be true of it, member by member. */
import { memberOf } from '../../azure/deployment.ts';
import type { Wanted } from '../../azure/wanted/resources.ts';
import { findingsOf, type Finding } from '../finding.ts';

const { right, wrong } = findingsOf('azure');

export function compareMembers(about: string, value: unknown, wanted: readonly Wanted[]): Finding[] {
  return wanted.map(({ path, is, why, toDo = 'azd provision' }) => {
    const actual = memberOf(value, path);
    const name = `${about}: ${path.replace(/^properties\./, '')}`;
    const isRight = is === undefined ? actual !== undefined : is.some((one) => isSame(actual, one));
    if (isRight) return right('asWanted', name, `It is ${show(actual)}.`);
    const must = is === undefined ? 'it must be there' : `it must be ${is.filter(isSaid).map(show).join(' or ')}`;
    const has = isSaid(actual) ? `It is ${show(actual)}` : 'It is not set';
    return wrong(isSaid(actual) ? 'otherValue' : 'notSet', name, `${has}; ${must}, because ${why}.`, toDo);
  });
}

const isSaid = (value: unknown): boolean => value !== undefined && value !== null;
const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Azure takes texts in any case of letters and lists in any order; what is absent may be null. */
export function isSame(actual: unknown, wanted: unknown): boolean {
  if (!isSaid(actual) || !isSaid(wanted)) return isSaid(actual) === isSaid(wanted);
  return canonical(actual) === canonical(wanted);
}

function canonical(value: unknown): string {
  if (typeof value === 'string') return value.toLowerCase().replace(/\/$/, '');
  if (Array.isArray(value)) return JSON.stringify(value.map(canonical).toSorted());
  return JSON.stringify(value);
}
