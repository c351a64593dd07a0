/** The list that is submitted: a file, or what is written into the program. */
import { createReadStream, statSync } from 'node:fs';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import type { BodyType, List } from '../../client/types.ts';
import { UsageError, type Terminal } from '../command.ts';

const TYPES: Readonly<Record<string, BodyType>> = {
  csv: 'text/csv',
  txt: 'text/csv',
  tsv: 'text/csv',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
};
const FORMATS = ['csv', 'json', 'ndjson'];

export const LIST_OPTIONS = { format: { type: 'string' }, charset: { type: 'string' } } as const;
export const LIST_USAGE = `  --format NAME        csv, json or ndjson (default: as FILE is called; of "-" as it begins)
  --charset NAME       of a CSV that is not UTF-8, such as windows-1252`;

interface Values {
  readonly format?: string | undefined;
  readonly charset?: string | undefined;
}

/** @throws UsageError where the file is not there, or nobody says what it is */
export async function listOf(name: string, { format, charset }: Values, terminal: Terminal): Promise<List> {
  if (format !== undefined && !FORMATS.includes(format))
    throw new UsageError(`--format must be one of ${FORMATS.join(', ')}, not "${format}".`);
  const typed = (type: BodyType): List['type'] => (charset === undefined ? type : `${type}; charset=${charset}`);
  if (name === '-') {
    const bytes = await terminal.input();
    const type = TYPES[format ?? ''] ?? typeOf(bytes);
    return { type: typed(type), open: () => new Blob([bytes]).stream() };
  }
  const type = TYPES[format ?? extname(name).slice(1).toLowerCase()];
  if (!statSync(name, { throwIfNoEntry: false })?.isFile()) throw new UsageError(`There is no file ${name}.`);
  if (type === undefined) throw new UsageError(`${name} does not say what it is: --format csv, json or ndjson.`);
  return {
    type: typed(type),
    open: () => Readable.toWeb(createReadStream(name)) as ReadableStream<Uint8Array<ArrayBuffer>>,
  };
}

/** JSON and NDJSON begin with a bracket, which no header of a CSV does; only JSON has `resets` in its first object. */
function typeOf(bytes: Uint8Array<ArrayBuffer>): BodyType {
  const beginning = new TextDecoder().decode(bytes.subarray(0, 1000)).trimStart();
  if (!/^[{[]/.test(beginning)) return 'text/csv';
  try {
    const whole = JSON.parse(new TextDecoder().decode(bytes)) as object;
    return Array.isArray(whole) || 'resets' in whole ? 'application/json' : 'application/x-ndjson';
  } catch {
    return 'application/x-ndjson';
  }
}

const [LINE_FEED, CARRIAGE_RETURN, BRACE] = new TextEncoder().encode('\n\r{');

/** At most so many guests are in the list, whatever its columns mean: lines, or objects of JSON. */
export async function atMostIn({ open, type }: List): Promise<number> {
  const seen = { lines: 1, returns: 1, objects: 0 };
  const isJson = type.startsWith('application/json');
  for await (const bytes of (await open()) as ReadableStream<Uint8Array>)
    for (const byte of bytes) {
      if (byte === LINE_FEED) seen.lines++;
      else if (byte === CARRIAGE_RETURN) seen.returns++;
      else if (byte === BRACE) seen.objects++;
    }
  return isJson ? seen.objects : Math.max(seen.lines, seen.returns);
}
