/**
 * Requests that no route of the table takes: the console, other paths, and other methods at known ones. The host
 * answers these with an empty 404, and calls the first function that fits, by name. So each of these functions excludes
 * what is somebody else's: of every request exactly one fits, in any order.
 */
import { HTTP_ROUTES, type HttpRoute } from './routes.ts';

/** Those that the library can hand over; any other is the host's own 404. */
export const METHODS = ['GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS'] as const;
export type Method = (typeof METHODS)[number];

export interface OtherRoute {
  readonly methods: readonly Method[];
  /** With constraints of ASP.NET Core's routing, which the host has. */
  readonly route: string;
}

/** The console: whatever is asked of it and of all below, one function answers. */
const CONSOLE = String.raw`console(/[\s\S]*)?`;

/** The paths that take this method, as a regular expression knows them. */
function shapesOf(method: string): string[] {
  const shapes = Object.values<HttpRoute>(HTTP_ROUTES)
    .filter((each) => each.method === method)
    .map(({ route }) => route.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+'));
  return [...shapes, CONSOLE];
}

/**
 * Every path but those. A constraint may hold neither braces nor `:` nor `=`, and is not anchored. The last look-ahead
 * is the very end of the text, before which `$` would let a line end pass.
 */
const otherThan = (shapes: readonly string[]): string =>
  String.raw`{*path:regex(^(?!(${shapes.join('|')})/?(?![\s\S])))}`;

const TAKEN: readonly Method[] = ['GET', 'POST', 'DELETE'];

/** A catch-all with a constraint does not fit `/api` itself, where it has no value; a parameter that is empty does. */
export const OTHER_ROUTES = {
  atRoot: { methods: METHODS, route: '{nothing:maxlength(0)?}' },
  otherGet: { methods: ['GET'], route: otherThan(shapesOf('GET')) },
  otherPost: { methods: ['POST'], route: otherThan(shapesOf('POST')) },
  otherDelete: { methods: ['DELETE'], route: otherThan(shapesOf('DELETE')) },
  otherMethod: { methods: METHODS.filter((method) => !TAKEN.includes(method)), route: otherThan([CONSOLE]) },
  getConsole: { methods: METHODS, route: 'console/{*path}' },
} as const satisfies Record<string, OtherRoute>;

export type OtherFunctionName = keyof typeof OTHER_ROUTES;
