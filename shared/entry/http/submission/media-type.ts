/** Reads `Content-Type`: which format the body has, and in which character set. */
import type { BodyFormat } from '../../../domain/submission/body-item.ts';
import { shown } from '../../../domain/submission/findings.ts';
import { refusal } from '../../../domain/submission/problem-list.ts';
import type { Problem } from '../../../domain/api/problem.ts';

export type MediaType =
  | { readonly ok: true; readonly format: BodyFormat; readonly charset: string }
  | { readonly ok: false; readonly problem: Problem };

const FORMATS: ReadonlyMap<string, BodyFormat> = new Map([
  ['application/json', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  ['application/jsonl', 'ndjson'],
  ['text/csv', 'csv'],
  ['application/csv', 'csv'],
]);

const HOW_TO_SAY =
  'For a CSV add -H "Content-Type: text/csv" and --data-binary @file with curl, or -ContentType "text/csv" in ' +
  'PowerShell. JSON is application/json, one JSON object a line is application/x-ndjson.';

/** @param contentType the header as it came. `charset` defaults to UTF-8; a byte order mark in the body beats it. */
export function readMediaType(contentType: string | undefined): MediaType {
  const [type = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim());
  const format = FORMATS.get(type.toLowerCase());
  if (format === undefined) {
    const received =
      type === ''
        ? 'The request has no Content-Type.'
        : `The Content-Type ${shown(type)} is not one this service reads.`;
    return { ok: false, problem: refusal('unsupportedMediaType', `${received} ${HOW_TO_SAY}`) };
  }
  const said = parameters
    .map((parameter) => /^charset\s*=\s*"?([^"]*)"?$/i.exec(parameter)?.[1])
    .find((value) => value !== undefined);
  const charset = said ?? 'utf-8';
  if (!isKnownCharset(charset))
    return {
      ok: false,
      problem: refusal(
        'unsupportedCharset',
        `The charset ${shown(charset)} is not known. Save the file as UTF-8 and leave charset out.`,
      ),
    };
  return { ok: true, format, charset };
}

function isKnownCharset(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch (error) {
    // Node throws a RangeError for a label it does not know.
    if (error instanceof RangeError) return false;
    throw error;
  }
}
