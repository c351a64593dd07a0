/** What the console may do in a browser. */

/** Of the empty text: Fluent UI makes style elements without a word in them, and fills them by the object model. */
const EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** @param loginOrigin where tokens are asked for; absent where nobody signs in */
export const policyOf = (loginOrigin: string | undefined): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${EMPTY_STYLE}`,
    `connect-src 'self'${loginOrigin === undefined ? '' : ` ${loginOrigin}`}`,
    "img-src 'self' data:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
