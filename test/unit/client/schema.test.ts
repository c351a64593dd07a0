/** One truth about the API's shapes: its document. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FINGERPRINT } from '../../openapi/client-document.ts';

test('the types of our clients are made from the document as it is: else npm run client:types', () => {
  // The text of the types itself is compared by `npm run test:real`, which has the generator.
  const [, fingerprint] = readFileSync('client/schema.d.ts', 'utf8').split('\n');
  expect(fingerprint).toBe(`// ${FINGERPRINT}`);
});
