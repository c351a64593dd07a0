// Writes client/schema.d.ts, the types of our own clients, from the OpenAPI document: npm run client:types.
// With --check it writes nothing, and fails where document and file differ.
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTypes, { astToString } from 'openapi-typescript';
import { CLIENT_DOCUMENT, FINGERPRINT } from './client-document.ts';

const FILE = 'client/schema.d.ts';
const text = `// Written by \`npm run client:types\` from the OpenAPI document with this fingerprint:
// ${FINGERPRINT}

${astToString(await openapiTypes(CLIENT_DOCUMENT))}`;

if (!process.argv.includes('--check')) writeFileSync(FILE, text);
else if (readFileSync(FILE, 'utf8') !== text) {
  console.error(`${FILE} is not what the OpenAPI document says. Write it anew: npm run client:types`);
  process.exitCode = 1;
}
