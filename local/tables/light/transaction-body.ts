/** The body of an entity group transaction: one part for each request, in a change set. */
import type { WriteRequest } from './write-request.ts';
import { invalidInput, notSupported } from './table-error.ts';

export interface Part extends WriteRequest {
  readonly path: string;
}

const CHANGE_SET = /^--[^\r\n]+\r\ncontent-type: multipart\/mixed; ?boundary=(?<boundary>\S+)\r\n/i;
const REQUEST_LINE = /^(?<method>[A-Z]+) https?:\/\/[^/]+(?<path>\/[^\r\n?]*) HTTP\/1\.1$/;
const LINE_END = '\r\n';
const BLANK_LINE = '\r\n\r\n';

/** Throws where it is not what the SDK sends. */
export function readTransaction(body: string): Part[] {
  const boundary = CHANGE_SET.exec(body)?.groups?.['boundary'];
  if (boundary === undefined) throw notSupported('a transaction that does not begin with a change set');
  const [, ...parts] = body.split(`${LINE_END}--${boundary}`);
  const end = parts.pop();
  if (end?.startsWith('--') !== true) throw invalidInput('The change set has no end.');
  return parts.map(readPart);
}

/** The part's own head, a blank line, the head of the request, a blank line, its body. */
function readPart(part: string): Part {
  const requestAt = part.indexOf(BLANK_LINE) + BLANK_LINE.length;
  const bodyAt = part.indexOf(BLANK_LINE, requestAt) + BLANK_LINE.length;
  const [line = '', ...headerLines] = part.slice(requestAt, bodyAt - BLANK_LINE.length).split(LINE_END);
  const { method, path = '' } = REQUEST_LINE.exec(line)?.groups ?? {};
  if (method === undefined) throw notSupported(`"${line}" in a transaction`);
  const headers = Object.fromEntries(
    headerLines.map((each) => {
      const colon = each.indexOf(':');
      return [each.slice(0, colon).toLowerCase(), each.slice(colon + 1).trim()];
    }),
  );
  return { method, path, headers, body: part.slice(bodyAt) };
}
