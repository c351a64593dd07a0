/**
 * Schemas of OpenAPI 3.1 in the words of Swagger 2.0, as custom connectors take them: no `oneOf`, `anyOf` or `const`,
 * one type each, and nothing beside a `$ref`. What this does not know how to say it refuses, so that nothing that the
 * one document says is lost in the other. Source: Swagger specification 2.0, "Schema Object"; Microsoft's "Fix Swagger
 * Validator errors" for connectors.
 */
import type { Schema } from '../openapi/schema.ts';

export interface Definitions {
  /** By the names that OpenAPI's components have. */
  readonly of: (name: string) => Schema;
  /** Those that stay definitions, to be referred to; what else has a name is written out where it stands. */
  readonly kept: readonly string[];
  /** What makers see of a member, beside what the schema says. */
  readonly shown: (member: string) => Schema;
}

/** Keywords that both dialects have, with one meaning. */
const SAME = new Set(
  'type format description default enum minimum maximum minLength maxLength minItems maxItems pattern'.split(' '),
);
/** Keywords that say nothing to a connector. */
const DROPPED = new Set(['examples', 'example']);
/** Formats that connectors know. Source: `schemas/apiDefinition.swagger.schema.json` of PowerPlatformConnectors. */
const FORMATS = new Set(['date-time', 'uri', 'uuid', 'email', 'int32', 'int64', 'float', 'double']);

/** @throws Error that names what Swagger 2.0 has no word for */
export function swaggerSchema(schema: Schema, definitions: Definitions): Schema {
  const { $ref, anyOf, oneOf, type, ...rest } = schema as Schema & { readonly type?: unknown };
  if (typeof $ref === 'string') return referred($ref.slice($ref.lastIndexOf('/') + 1), rest, definitions);
  if (anyOf !== undefined) return { ...swaggerSchema(besideNull(anyOf), definitions), ...own(rest), ...NULLABLE };
  if (oneOf !== undefined) return { ...swaggerSchema(anyOfThese(oneOf), definitions), ...own(rest) };
  if (!Array.isArray(type)) return translated(schema, definitions);
  const [only, ...others] = type.filter((each) => each !== 'null') as unknown[];
  if (others.length > 0) throw new Error(`Swagger 2.0 has one type for each value: ${JSON.stringify(type)}`);
  return { ...translated({ ...rest, type: only }, definitions), ...(type.includes('null') && NULLABLE) };
}

/** Swagger 2.0 has no null; this is what those write who need it. */
const NULLABLE = { 'x-nullable': true } as const;

function referred(name: string, beside: Schema, definitions: Definitions): Schema {
  const isAlone = Object.keys(beside).length === 0;
  if (isAlone && definitions.kept.includes(name)) return { $ref: `#/definitions/${name}` };
  return { ...swaggerSchema(definitions.of(name), definitions), ...own(beside) };
}

/** What is said of a schema where it stands. */
function own(beside: Schema): Schema {
  const { description, examples: _dropped, ...unknown } = beside;
  refuse(Object.keys(unknown));
  return description === undefined ? {} : { description };
}

function besideNull(anyOf: unknown): Schema {
  const [only, ...others] = (anyOf as readonly Schema[]).filter(({ type }) => type !== 'null');
  if (only === undefined || others.length > 0) throw new Error('Swagger 2.0 has no anyOf but of a value and null.');
  return only;
}

/** One of several objects: an object with the members of all, of which those are required that all require. */
function anyOfThese(oneOf: unknown): Schema {
  const objects = oneOf as readonly { properties?: Schema; required?: readonly string[] }[];
  if (objects.some(({ properties }) => properties === undefined)) throw new Error('Swagger 2.0 has no oneOf.');
  const [first, ...others] = objects.map(({ required = [] }) => required);
  return {
    type: 'object',
    properties: Object.assign({}, ...objects.map(({ properties }) => properties)) as Schema,
    required: (first ?? []).filter((name) => others.every((required) => required.includes(name))),
    additionalProperties: false,
  };
}

function translated(schema: Schema, definitions: Definitions): Schema {
  return Object.assign(
    {},
    ...Object.entries(schema).map(([keyword, said]) => ofKeyword(keyword, said, definitions)),
  ) as Schema;
}

function ofKeyword(keyword: string, said: unknown, definitions: Definitions): Schema {
  if (DROPPED.has(keyword)) return {};
  switch (keyword) {
    case 'const':
      return { enum: [said] };
    case 'enum':
      return { enum: (said as readonly unknown[]).filter((word) => word !== null) };
    case 'format':
      return FORMATS.has(String(said)) ? { format: said } : {};
    case 'required':
      return (said as readonly string[]).length === 0 ? {} : { required: said };
    case 'additionalProperties':
      return typeof said === 'boolean'
        ? { [keyword]: said }
        : { [keyword]: swaggerSchema(said as Schema, definitions) };
    case 'items':
      return { items: swaggerSchema(said as Schema, definitions) };
    case 'properties':
      return { properties: membersOf(said as Readonly<Record<string, Schema>>, definitions) };
    default:
      refuse(SAME.has(keyword) ? [] : [keyword]);
      return { [keyword]: said };
  }
}

const membersOf = (members: Readonly<Record<string, Schema>>, definitions: Definitions): Schema =>
  Object.fromEntries(
    Object.entries(members).map(([name, member]) => {
      const { $ref, ...said } = swaggerSchema(member, definitions) as { readonly $ref?: string };
      if ($ref === undefined) return [name, { ...said, ...definitions.shown(name) }];
      // Nothing may stand beside a reference.
      const inFull = definitions.of($ref.slice($ref.lastIndexOf('/') + 1));
      return [name, { ...translated(inFull, definitions), ...definitions.shown(name) }];
    }),
  );

function refuse(unknown: readonly string[]): void {
  if (unknown.length > 0) throw new Error(`Swagger 2.0 has no word for ${unknown.join(', ')}.`);
}
