/** The OpenAPI document that the types of our clients are made from. */
import { createHash } from 'node:crypto';
import { openApiDocument } from '../../shared/entry/http/openapi/document.ts';

/** What stands for a deployment: no type depends on it. */
const SIGN_IN = { loginUrl: 'https://login.example', tenantId: '00000000-0000-0000-0000-000000000000' };
export const CLIENT_DOCUMENT = openApiDocument('https://resets.example/api', SIGN_IN);

/** Stands in the file of types, so that nobody needs the generator to see that the document has changed since. */
export const FINGERPRINT = createHash('sha256').update(JSON.stringify(CLIENT_DOCUMENT)).digest('hex');
