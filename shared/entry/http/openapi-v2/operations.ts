/** Operations of OpenAPI 3.1 as Swagger 2.0 has them, with what makers see of each. */
import type { Schema } from '../openapi/schema.ts';
import { FIXED, PARAMETER_WORDS, parameterVisibility, shownOf, titleOf, type ConnectorOperation } from './connector.ts';
import { swaggerSchema, type Definitions } from './schema.ts';

/** Of OpenAPI 3.1, as this project writes it. */
export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<Record<string, Response>>;
}
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema;
}
interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: { readonly 'application/json'?: { readonly schema: Schema } };
}
type Header = { readonly $ref: string } | { readonly description: string; readonly schema: Schema };

export interface Parts extends Definitions {
  readonly header: (name: string) => { readonly description: string; readonly schema: Schema };
}

export function swaggerOperation(operation: Operation, security: readonly Schema[], parts: Parts): Schema {
  const { operationId, tags, summary, description, responses } = operation;
  const { visibility, description: shown } = shownOf(operationId as ConnectorOperation);
  return {
    operationId,
    tags,
    // A name of an action ends with a letter.
    summary: summary.replace(/\.$/, ''),
    description: shown ?? description,
    ...(visibility !== undefined && { 'x-ms-visibility': visibility }),
    ...(security.length > 0 && { security }),
    parameters: parametersOf(operation, parts),
    responses: responsesOf(responses, parts),
  };
}

function parametersOf({ operationId, parameters, requestBody }: Operation, parts: Parts): Schema[] {
  const { leavesOut } = shownOf(operationId as ConnectorOperation);
  const body = requestBody && swaggerSchema(requestBody.content['application/json'].schema, parts);
  const inBody = requestBody === undefined ? [] : membersOf(swaggerSchema(parts.of('ResetBody'), parts));
  return [
    // What the body has a place for, too, would be asked for twice.
    ...parameters.filter(({ name }) => !leavesOut.includes(name) && !inBody.includes(name)).map(swaggerParameter),
    ...(body === undefined
      ? []
      : [{ name: 'body', in: 'body', required: false, schema: body, 'x-ms-summary': 'Reset' }]),
  ];
}

interface WithMembers {
  readonly properties?: Readonly<Record<string, WithMembers>>;
}

/** The names of all members, at any depth. */
const membersOf = ({ properties = {} }: WithMembers): string[] =>
  Object.entries(properties).flatMap(([name, member]) => [name, ...membersOf(member)]);

function swaggerParameter({ name, in: place, required, description, schema }: Parameter): Schema {
  const fixed = FIXED[name];
  const { title = titleOf(name), description: inPlace = description } = PARAMETER_WORDS[name] ?? {};
  return {
    name,
    in: place,
    required: required || fixed !== undefined,
    ...swaggerSchema(schema, NOTHING_NAMED),
    ...(fixed !== undefined && { default: fixed }),
    description: inPlace,
    ...(place === 'path' && { 'x-ms-url-encoding': 'single' }),
    'x-ms-summary': title,
    'x-ms-visibility': parameterVisibility(name),
  };
}

/** Parameters are plain values. */
const NOTHING_NAMED: Definitions = {
  of(name) {
    throw new Error(`A parameter of Swagger 2.0 has no schema of its own: ${name}`);
  },
  kept: [],
  shown: () => ({}),
};

/**
 * Designers use one schema, that of the first success; and none of a refusal, which flows read by its `code`. Source:
 * `OperationHasManyResponsesWithSchema` and `DefaultResponseHasSchema` of Microsoft's "Fix Swagger Validator errors".
 */
function responsesOf(responses: Operation['responses'], parts: Parts): Schema {
  const successes = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  return {
    ...Object.fromEntries(
      successes.map(([status, { description, headers = {}, content }], at) => [
        status,
        {
          description: at === 0 ? description : `${description} The body is that of ${successes[0]?.[0]}.`,
          ...(at === 0 && { schema: swaggerSchema(content?.['application/json']?.schema ?? {}, parts) }),
          headers: Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, headerOf(header, parts)])),
        },
      ]),
    ),
    default: { description: 'A problem: `code` says which, `detail` what to do, and `type` is a page about it.' },
  };
}

function headerOf(header: Header, parts: Parts): Schema {
  const { description, schema } = '$ref' in header ? parts.header(header.$ref.replace(/^.*\//, '')) : header;
  return { ...swaggerSchema(schema, NOTHING_NAMED), description };
}
