/** What looks like a guest in a text: a hint for whoever types; the service decides. */

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const ADDRESS = /[^\s,;<>"()[\]|:]+@[^\s,;<>"()[\]|:@][^\s,;<>"()[\]|:@.]*\.[^\s,;<>"()[\]|:@]+/u;
/** An address begins where such characters do, or behind an id. Tried at each of them, a long line holds up the page. */
const BEGINS = String.raw`(?:(?<![^\s,;<>"()[\]|:])|(?<=${ID.source}))`;
const GUEST = new RegExp(`${ID.source}|${BEGINS}${ADDRESS.source}`, 'giu');
const WHOLE = new RegExp(`^(?:[^<>]*<)?(?:mailto:)?(?:${ID.source}|${ADDRESS.source})>?$`, 'iu');

/** Characters that text takes along when it is copied, and nobody sees. */
const UNSEEN = /[\u200B-\u200F\u202A-\u202E\u2060\uFEFF\u00AD]/g;

export const looksLikeGuest = (text: string): boolean => WHOLE.test(text.replaceAll(UNSEEN, '').trim());

/**
 * The guests that a text names, as rows to send: from a mail's list of recipients, a column, lines, cells of a sheet.
 * What names nobody stays a row of its own, for people to correct: nothing is lost in silence.
 */
export function guestsIn(text: string): string[] {
  const lines = text.replaceAll(UNSEEN, '').split(/[\r\n]+/);
  return lines.flatMap((line) => (line.includes('\t') ? ofSheetRow(line) : ofLine(line))).filter((row) => row !== '');
}

/** Several cells of one row say the same guest: an object id before all others. */
function ofSheetRow(line: string): string[] {
  const found = line.match(GUEST);
  const guest = ID.exec(line)?.[0] ?? found?.[0];
  return [(guest ?? line.replaceAll('\t', ' ')).trim()];
}

function ofLine(line: string): string[] {
  return line.split(';').flatMap((part) => {
    const found = part.match(GUEST) ?? [];
    // Commas between addresses; within a name, as in `Berg, Anna <anna@…>`, they say nothing.
    if (part.includes(',') && !part.includes('<')) return part.split(',').flatMap(ofPart);
    return found.length > 0 ? found : [part.trim()];
  });
}

function ofPart(part: string): string[] {
  const found = part.match(GUEST) ?? [];
  return found.length > 0 ? found : [part.trim()];
}
