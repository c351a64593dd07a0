/** The paths of the document, made from the table of routes and what is said of each operation. */
import { ACCESS } from '../requests/caller.ts';
import { CONSOLE_CONFIG_ROUTE, HTTP_ROUTES, ROOT_ROUTE, type HttpRoute } from '../routes.ts';
import { requestBodyOf } from './bodies.ts';
import { headersOf, headersOfSome } from './headers.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import { parametersOf } from './parameters.ts';
import { codesOfRoute, OF_OTHERS, refusalsFor } from './problems.ts';
import type { Schema } from './schema.ts';

/** Two of them belong to functions that answer more than one path. */
const DESCRIBED = { ...HTTP_ROUTES, getRoot: ROOT_ROUTE, getConsoleConfig: CONSOLE_CONFIG_ROUTE };

/** @param signIn the security requirement of a known caller */
export function pathsOf(signIn: Schema): Record<string, Record<string, Schema>> {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const [name, route] of Object.entries<HttpRoute>(DESCRIBED)) {
    const operations = (paths[`/${route.route}`] ??= {});
    operations[route.method.toLowerCase()] = operation(name as OperationName, route, signIn);
  }
  return paths;
}

/** Answers to whatever no operation is for, by status. OpenAPI has no place for these. */
export const otherAnswers = (): Readonly<Record<string, Schema>> => merged(refusalsFor(OF_OTHERS), {});

function operation(name: OperationName, route: HttpRoute, signIn: Schema): Schema {
  const { tag, summary, description, answers, refuses } = OPERATIONS[name];
  return {
    operationId: name,
    tags: [tag],
    summary,
    description: `${description} ${ACCESS[route.access]}`,
    // Whoever need not sign in may all the same.
    security: route.access === 'everybody' ? [{}, signIn] : [signIn],
    parameters: parametersOf(route),
    ...requestBodyOf(route),
    responses: merged(refusalsFor([...codesOfRoute(route), ...refuses]), answers),
  };
}

/** A status may be a refusal's and an answer's; statuses in their order, as objects have numbers. */
function merged(
  refusals: Readonly<Record<string, Schema>>,
  answers: Readonly<Record<string, Schema>>,
): Readonly<Record<string, Schema>> {
  const statuses = new Set([...Object.keys(answers), ...Object.keys(refusals)]);
  return Object.fromEntries([...statuses].map((status) => [status, both(answers[status], refusals[status])]));
}

/** Whatever either of them has; a header that is not in both may be missing. Nothing on the way keeps any. */
function both(answer: Schema | undefined, refusal: Schema | undefined): Schema {
  const parts = [answer, refusal].filter((part) => part !== undefined);
  const content = parts.map((part) => part['content'] as Schema | undefined);
  return {
    description: parts.map(({ description }) => description).join('\n'),
    headers: { ...headersOf(['CacheControl']), ...headersOfSome(parts.map(({ headers = {} }) => headers as Schema)) },
    ...(content.some((each) => each !== undefined) && { content: Object.assign({}, ...content) as Schema }),
  };
}
