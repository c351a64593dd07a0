/** `client/codes.ts`: the words of the codes for whoever shows them. Written by `node scripts/codes.ts`. */
import { RESET_CODES } from '../shared/domain/reset/codes.ts';
import { rehearsedWords, WARNINGS, type WarningCode } from '../shared/domain/reset/warnings.ts';
import { STOP_CODES } from '../shared/domain/stops/codes.ts';

const MAX_COLUMNS = 120;

const START = `/**
 * What the codes of the API mean, for whoever shows a sum of them or a list; the words of a single reset or stop come
 * with it. Written by \`node scripts/codes.ts\` from the tables of the service, held by a test.
 */
import type { components } from './schema.d.ts';

type Schemas = components['schemas'];
export type ResetCode = Schemas['ResetCode'];
export type WarningCode = Schemas['Warning']['code'];
export type StopCode = Schemas['StopCode'];

export interface ResetCodeWords {
  readonly meaning: string;
  /** Whether the unchanged request can succeed later. Absent of a success. */
  readonly retryable?: boolean;
}

export interface WarningWords {
  readonly meaning: string;
  /** Where it reads otherwise of a dry run, which has done nothing. */
  readonly rehearsed?: string;
}

export interface StopCodeWords {
  readonly meaning: string;
  readonly of: readonly ('tenant' | 'job')[];
  /** What to do before it is lifted, and what a resume does then. */
  readonly remedy: string;
}
`;

/** As the formatter leaves it. */
function quoted(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text.replaceAll('\\', '\\\\')}'`;
}

/** Pieces of a text, cut behind blanks, each as long as fits. */
function pieces(text: string, room: number): string[] {
  const lines = [''];
  for (const word of text.split(/(?<= )/)) {
    const longer = `${lines.at(-1) ?? ''}${word}`;
    if (quoted(longer).length <= room) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return lines;
}

function member(name: string, value: unknown): string {
  const indent = '    ';
  if (typeof value !== 'string')
    return `${indent}${name}: ${JSON.stringify(value).replaceAll('"', "'").replaceAll(',', ', ')},`;
  const line = `${indent}${name}: ${quoted(value)},`;
  if (line.length <= MAX_COLUMNS) return line;
  const cut = pieces(value, MAX_COLUMNS - indent.length - '  '.length - ' +'.length).map(quoted);
  return `${indent}${name}:\n${indent}  ${cut.join(` +\n${indent}  `)},`;
}

function table(name: string, type: string, rows: Readonly<Record<string, object>>): string {
  const entries = Object.entries(rows).map(([code, words]) => {
    const members = Object.entries(words).filter(([, value]) => value !== undefined);
    return `  ${code}: {\n${members.map(([key, value]) => member(key, value)).join('\n')}\n  },\n`;
  });
  return `export const ${name}: Readonly<Record<${type}>> = {\n${entries.join('')}};\n`;
}

const warnings = Object.fromEntries(
  (Object.entries(WARNINGS) as [WarningCode, string][]).map(([code, meaning]) => [
    code,
    { meaning, rehearsed: rehearsedWords(code) },
  ]),
);

export const CLIENT_CODES = [
  START,
  table('RESET_CODES', 'ResetCode, ResetCodeWords', RESET_CODES),
  table('WARNING_CODES', 'WarningCode, WarningWords', warnings),
  table('STOP_CODES', 'StopCode, StopCodeWords', STOP_CODES),
].join('\n');
