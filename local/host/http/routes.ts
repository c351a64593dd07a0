/** The route constraints this host knows. Source: ASP.NET Core route constraints. */
const CONSTRAINTS: Record<string, string> = {
  int: '-?\\d+',
  long: '-?\\d+',
  guid: '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}',
  alpha: '[A-Za-z]+',
  bool: '[Tt]rue|[Ff]alse',
};

export interface Route {
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

/**
 * Compiles a route template such as `jobs/{id:guid}/resets/{row?}` or `files/{*path}`.
 * Throws for a constraint that this host does not know.
 */
export function compileRoute(template: string): Route {
  const names: string[] = [];
  let pattern = '';
  for (const segment of template.split('/').filter((text) => text !== '')) {
    const parameter = /^\{(\*{0,2})([A-Za-z_]\w*)(?::([^?}]+))?(\?)?\}$/.exec(segment);
    if (parameter === null) {
      if (/[{}]/.test(segment))
        throw new Error(`The route segment "${segment}" in "${template}" is not supported by the local host.`);
      pattern += `/${segment.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`)}`;
      continue;
    }
    const [, star = '', name = '', constraint, optional] = parameter;
    names.push(name);
    const isCatchAll = star !== '';
    const text = isCatchAll ? '.*' : constraint === undefined ? '[^/]+' : constraintPattern(constraint, template);
    pattern += optional !== undefined || isCatchAll ? `(?:/(${text}))?` : `/(${text})`;
  }
  return { pattern: new RegExp(`^${pattern}/?$`, 'i'), names };
}

function constraintPattern(constraint: string, template: string): string {
  const pattern = CONSTRAINTS[constraint];
  if (pattern === undefined) {
    throw new Error(
      `The local host does not know the constraint "${constraint}" of the route "${template}". It knows: ${Object.keys(CONSTRAINTS).join(', ')}.`,
    );
  }
  return pattern;
}

/** The parameters of a path that matches the route, percent-decoded; undefined when it does not match. */
export function matchRoute(route: Route, path: string): Record<string, string> | undefined {
  const match = route.pattern.exec(path);
  if (match === null) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, name] of route.names.entries()) {
    const text = match[index + 1];
    if (text !== undefined) parameters[name] = decodeSegment(text);
  }
  return parameters;
}

function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A lone % stays as it was sent.
  }
}
