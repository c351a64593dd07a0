/** Both descriptions of the API: loaded together, for the second is made from the first. */
export { openApiDocument as openApi } from './openapi/document.ts';
export { swaggerDocument as swagger } from './openapi-v2/document.ts';
