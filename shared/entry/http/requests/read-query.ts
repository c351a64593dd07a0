/** Reads a query strictly: a name that is not understood may have meant anything. */
import type { ApiCode } from '../../../domain/api/codes.ts';
import { isPassedOver } from '../../../domain/api/passed-over.ts';
import { problem, type Problem, type RowProblem } from '../../../domain/api/problem.ts';
import { shown } from '../../../domain/submission/findings.ts';
import { nearestName } from '../../../domain/submission/nearest-name.ts';
import type { HttpRoute } from '../routes.ts';

export type ReadQuery =
  | { readonly ok: true; readonly values: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: Problem };

/**
 * The values of the parameters of a route. Options of a job are not read here, nor are names judged that a submission
 * does not know: whoever reads its body tells of all that is wrong with them at once.
 */
export function readQuery(route: HttpRoute, query: URLSearchParams): ReadQuery {
  const found: (RowProblem & { readonly code: ApiCode })[] = [];
  const known = [...Object.keys(route.query), ...route.options];
  const leavesUnknown = route.body === 'submission' || route.body === 'reset';
  for (const name of new Set(query.keys())) {
    if (known.includes(name)) {
      if (query.getAll(name).length > 1)
        found.push({
          code: 'repeatedParameter',
          message: `The query has ${name} more than once. Say it once.`,
          field: name,
        });
    } else if (!leavesUnknown && (!isPassedOver(name) || isMeant(name, known)))
      found.push({ code: 'unknownParameter', message: unknownMessage(name, known), field: name });
  }
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(route.query)) {
    const said = parameter.read(query.get(name) ?? undefined);
    if ('value' in said) values[name] = said.value;
    else found.push({ code: said.code ?? 'invalidParameter', message: `${name} must be ${said.mustBe}.`, field: name });
  }
  const [first] = found;
  if (first === undefined) return { ok: true, values };
  const { code, message } = first;
  return {
    ok: false,
    problem: {
      ...problem(code, route.method === 'GET' ? message : `${message} Nothing was done.`),
      errors: found,
      errorCount: found.length,
    },
  };
}

/** Whether a name is a known one in another case. So `Code` is no function key where `code` is a filter. */
const isMeant = (name: string, known: readonly string[]): boolean =>
  known.some((each) => each.toLowerCase() === name.toLowerCase());

function unknownMessage(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  if (near !== undefined) return `${shown(name)} is not known here. Did you mean ${near}?`;
  if (known.length === 0) return `${shown(name)} is not known here. This address takes nothing in its query.`;
  return `${shown(name)} is not known here. Known are ${known.join(', ')}.`;
}
