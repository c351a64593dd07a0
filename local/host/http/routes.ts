/** Source: ASP.NET Core route constraints. They are asked about the decoded value, but for `%2F`. */
type Constraint = (value: string) => boolean;

const whole = (pattern: string): Constraint => {
  const regex = new RegExp(`^(?:${pattern})$`);
  return (value) => regex.test(value);
};
const CONSTRAINTS: Readonly<Record<string, Constraint>> = {
  int: whole('-?\\d+'),
  long: whole('-?\\d+'),
  guid: whole('[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'),
  alpha: whole('[A-Za-z]+'),
  bool: whole('[Tt]rue|[Ff]alse'),
};

interface Parameter {
  readonly name: string;
  /** A missing value fits a constraint of an optional parameter, and none of a catch-all. */
  readonly isOptional: boolean;
  readonly fits: Constraint;
}

export interface Route {
  readonly pattern: RegExp;
  readonly parameters: readonly Parameter[];
}

/** Slashes within a parameter, as a constraint may have them, are no borders. */
const SEGMENT = /(?:\{[^{}]*\}|[^/{}])+|[{}]/g;

/**
 * Compiles a route template such as `jobs/{id:guid}/resets/{row?}`, `files/{*path}` or `{*path:regex(^a)}`.
 * Throws for a constraint that this host does not know.
 */
export function compileRoute(template: string): Route {
  const parameters: Parameter[] = [];
  let pattern = '';
  for (const segment of template.match(SEGMENT) ?? []) {
    const parameter = /^\{(\*{0,2})([A-Za-z_]\w*)(?::(.+?))?(\?)?\}$/.exec(segment);
    if (parameter === null) {
      if (/[{}]/.test(segment))
        throw new Error(`The route segment "${segment}" in "${template}" is not supported by the local host.`);
      pattern += `/${segment.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)}`;
      continue;
    }
    const [, star = '', name = '', constraint, optional] = parameter;
    const isCatchAll = star !== '';
    const isOptional = optional !== undefined || (isCatchAll && constraint === undefined);
    parameters.push({
      name,
      isOptional,
      fits: constraint === undefined ? () => true : constraintOf(constraint, template),
    });
    const text = isCatchAll ? String.raw`[\s\S]*` : '[^/]+';
    pattern += optional !== undefined || isCatchAll ? `(?:/(${text}))?` : `/(${text})`;
  }
  return { pattern: new RegExp(`^${pattern}/?$`, 'i'), parameters };
}

function constraintOf(constraint: string, template: string): Constraint {
  const [, name = constraint, argument] = /^(\w+)\(([\s\S]*)\)$/.exec(constraint) ?? [];
  if (argument !== undefined && name === 'maxlength') return (value) => value.length <= Number(argument);
  // Braces, and a `:` or `=` that the real parser may take for the next constraint, are not for this host.
  if (argument !== undefined && name === 'regex' && !/[:={}]/.test(argument)) {
    const regex = new RegExp(argument, 'i');
    return (value) => regex.test(value);
  }
  const known = argument === undefined ? CONSTRAINTS[name] : undefined;
  if (known === undefined) {
    throw new Error(
      `The local host does not know the constraint "${constraint}" of the route "${template}". It knows: ` +
        `${Object.keys(CONSTRAINTS).join(', ')}, maxlength(n), regex(…) without : = { }.`,
    );
  }
  return known;
}

/** The parameters of a path that matches the route, percent-decoded; undefined when it does not match. */
export function matchRoute(route: Route, path: string): Record<string, string> | undefined {
  const match = route.pattern.exec(path);
  if (match === null) return undefined;
  const values: Record<string, string> = {};
  for (const [index, { name, isOptional, fits }] of route.parameters.entries()) {
    const text = match[index + 1];
    if (text === undefined || text === '') {
      if (!isOptional) return undefined;
      if (text !== undefined) values[name] = text;
      continue;
    }
    // The real server decodes all of a path but its %2F, before it is routed.
    if (!fits(decodeSegment(text.replaceAll(/%2f/gi, '%252F')))) return undefined;
    values[name] = decodeSegment(text);
  }
  return values;
}

function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A lone % stays as it was sent.
  }
}
