/**
 * The API's description: OpenAPI 3.1, made from the routes, the schemas that read requests, and the tables of codes.
 */
import { ANSWER_SCHEMAS } from './answers.ts';
import { bodySchemas } from './bodies.ts';
import { HEADERS } from './headers.ts';
import { TAGS } from './operations.ts';
import { otherAnswers, pathsOf } from './paths.ts';
import type { Schema } from './schema.ts';
import { signInScheme, type SignIn } from './security.ts';

/**
 * Of what the document says: the last number rises with words, the middle one with what is new, the first with what
 * breaks.
 */
const VERSION = '1.1.0';

/** @param serverUrl absolute URL of the API as the caller reached it */
export function openApiDocument(serverUrl: string, signIn: SignIn): Schema {
  const key = JSON.stringify(signIn);
  if (made?.key !== key) made = { key, document: documentFor(signIn) };
  return { ...made.document, servers: [{ url: serverUrl }] };
}

/** Made once: how callers sign in does not change while the process lives. */
let made: { readonly key: string; readonly document: Schema } | undefined;

function documentFor(signIn: SignIn): Schema {
  const { scheme, scope } = signInScheme(signIn);
  return {
    openapi: '3.1.0',
    info: {
      title: 'guest-reset',
      version: VERSION,
      description:
        'Resets the invitation redemption status of Microsoft Entra B2B guests and says truthfully what became ' +
        'of each.',
    },
    servers: [],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths: pathsOf({ entra: [scope] }),
    'x-other-requests': otherAnswers(),
    components: {
      schemas: { ...bodySchemas(), ...ANSWER_SCHEMAS },
      headers: HEADERS,
      securitySchemes: { entra: scheme },
    },
  };
}
