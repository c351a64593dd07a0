/**
 * The description for custom connectors of Power Automate, Power Apps and Logic Apps, which take Swagger 2.0 and
 * nothing newer: a few operations of the OpenAPI document, in other words. So both say the same.
 */
import { openApiDocument } from '../openapi/document.ts';
import { OPERATIONS } from '../openapi/operations.ts';
import type { Schema } from '../openapi/schema.ts';
import { userSignIn, type SignIn } from '../openapi/security.ts';
import { CONNECTOR_OPERATIONS, memberVisibility, titleOf, type ConnectorOperation } from './connector.ts';
import { swaggerOperation, type Operation, type Parts } from './operations.ts';
import { swaggerSchema } from './schema.ts';

interface OpenApi {
  readonly info: Schema;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly headers: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>>;
  };
}

/** The bodies; all else is written out where it stands, as nothing may stand beside a reference. */
const KEPT = ['Job', 'Reset', 'ResetPage', 'ResetBody'] as const;

const TAGS = new Set<string>(
  Object.keys(CONNECTOR_OPERATIONS).map((name) => OPERATIONS[name as ConnectorOperation].tag),
);

/** @param serverUrl absolute URL of the API as the caller reached it */
export function swaggerDocument(serverUrl: string, signIn: SignIn): Schema {
  const { info, tags, paths, components } = openApiDocument(serverUrl, signIn) as unknown as OpenApi;
  const { host, pathname, protocol } = new URL(serverUrl);
  const parts = partsOf(components);
  const user = userSignIn(signIn);
  return {
    swagger: '2.0',
    info,
    host,
    basePath: pathname,
    schemes: [protocol.replace(':', '')],
    consumes: ['application/json'],
    produces: ['application/json'],
    tags: tags.filter(({ name }) => TAGS.has(name)),
    paths: selected(paths, (operation) => swaggerOperation(operation, user?.security ?? [], parts)),
    definitions: Object.fromEntries(KEPT.map((name) => [name, swaggerSchema(parts.of(name), parts)])),
    ...(user !== undefined && { securityDefinitions: { entra: user.scheme } }),
  };
}

/** Those that connectors have, by path and method. */
function selected(paths: OpenApi['paths'], translate: (operation: Operation) => Schema): Schema {
  const kept = Object.entries(paths).map(([path, operations]) => {
    const wanted = Object.entries(operations).filter(([, { operationId }]) => operationId in CONNECTOR_OPERATIONS);
    return [path, Object.fromEntries(wanted.map(([method, operation]) => [method, translate(operation)]))] as const;
  });
  return Object.fromEntries(kept.filter(([, operations]) => Object.keys(operations).length > 0));
}

function partsOf({ schemas, headers }: OpenApi['components']): Parts {
  const found = <T>(all: Readonly<Record<string, T>>, name: string): T => {
    const part = all[name];
    if (part === undefined) throw new Error(`The OpenAPI document has no part of this name: ${name}`);
    return part;
  };
  return {
    kept: KEPT,
    of: (name) => found(schemas, name),
    header: (name) => found(headers, name),
    shown(member) {
      const visibility = memberVisibility(member);
      return { 'x-ms-summary': titleOf(member), ...(visibility !== undefined && { 'x-ms-visibility': visibility }) };
    },
  };
}
