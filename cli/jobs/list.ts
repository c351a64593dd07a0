/** The list that is submitted: a file, or what is written into the program. */
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { BodyType, List } from '../../client/types.ts';
import { UsageError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';

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

/** It is read once: what was counted and agreed to is what is sent, whatever becomes of the file meanwhile. */
export interface ReadList extends List {
  /** So many guests at most are in it. */
  readonly atMost: number;
}

/** @throws UsageError where the file is not there, or nobody says what it is */
export async function listOf(name: string, { format, charset }: Values, terminal: Terminal): Promise<ReadList> {
  if (format !== undefined && !FORMATS.includes(format))
    throw new UsageError(`--format must be one of ${FORMATS.join(', ')}, not "${format}".`);
  const named = TYPES[format ?? extname(name).slice(1).toLowerCase()];
  const there = name === '-' ? undefined : statSync(name, { throwIfNoEntry: false });
  if (name !== '-' && there === undefined) throw new UsageError(`There is no file ${name}.`);
  if (there?.isDirectory() === true) throw new UsageError(`${name} is a folder: name a file in it.`);
  if (named === undefined && there?.isFile() === true)
    throw new UsageError(`${name} does not say what it is: --format csv, json or ndjson.`);
  const bytes = name === '-' ? await terminal.input() : await read(name);
  if (bytes.length === 0)
    throw new UsageError(
      name === '-' ? 'Nothing was written into the program: "-" is for a list.' : `${name} is empty.`,
    );
  const type = named ?? typeOf(bytes);
  return {
    type: charset === undefined ? type : `${type}; charset=${charset}`,
    open: () => new Blob([bytes]).stream(),
    atMost: atMostIn(bytes, type),
  };
}

async function read(name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readFile(name);
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
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

/** Whatever its columns mean: lines but for the header of a CSV, or objects of JSON. */
function atMostIn(bytes: Uint8Array, type: BodyType): number {
  const seen = { lines: 0, returns: 0, objects: 0 };
  for (const byte of bytes) {
    if (byte === LINE_FEED) seen.lines++;
    else if (byte === CARRIAGE_RETURN) seen.returns++;
    else if (byte === BRACE) seen.objects++;
  }
  if (type === 'application/json') return seen.objects;
  const last = bytes.at(-1);
  const open = last === LINE_FEED || last === CARRIAGE_RETURN ? 0 : 1;
  return Math.max(seen.lines, seen.returns) + open - (type === 'text/csv' ? 1 : 0);
}
