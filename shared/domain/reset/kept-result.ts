/**
 * How much a chunk's row keeps of what became of one reset. Some of it is Graph's words, which have no limit that we
 * know; the room for all of it is kept free from the beginning. So no outcome is ever too large to be written.
 */
import { jsonLength } from './json-length.ts';
import type { ResetRecord } from './reset.ts';

/** Of a record without its request, in characters of JSON. */
export const RESULT_MAX_CHARS = 14_000;
/** Of these, for what later looks and waits note. */
const NOTES_CHARS = 500;
/** One text of a record that has too many; they are about thirty. */
const TEXT_MAX_CHARS = 300;

/**
 * The record with texts that fit. Of one that has too many characters each text is cut; a redeem URL is kept whole, or
 * not at all, which a warning tells.
 */
export function keptResult(record: ResetRecord): ResetRecord {
  if (fits(record)) return record;
  const { request, inviteRedeemUrl, ...result } = record;
  const cut: ResetRecord = { ...(shortened(result) as Omit<ResetRecord, 'request'>), request };
  if (inviteRedeemUrl === undefined) return cut;
  const whole = { ...cut, inviteRedeemUrl };
  return fits(whole)
    ? whole
    : { ...cut, warnings: [...new Set([...(cut.warnings ?? []), 'redeemUrlTooLong' as const])] };
}

const fits = ({ request: _counted, ...result }: ResetRecord): boolean =>
  jsonLength(result) <= RESULT_MAX_CHARS - NOTES_CHARS;

/** The same shape, with every long text cut. */
function shortened(value: unknown): unknown {
  if (typeof value === 'string') return jsonLength(value) <= TEXT_MAX_CHARS ? value : plain(value);
  if (Array.isArray(value)) return value.map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortened(member)]));
}

/** No character of it takes more than two in JSON. */
const plain = (text: string): string =>
  `${text.slice(0, TEXT_MAX_CHARS / 2 - 3).replaceAll(/[\p{C}\u2028\u2029]/gu, ' ')}...`;
