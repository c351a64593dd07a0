/** What a file is that is no list: told by its first bytes, for a name says little. With the way to a list. */

interface Kind {
  readonly is: (bytes: Uint8Array) => boolean;
  readonly words: string;
}

const SAVE_AS_CSV = 'save it as “CSV UTF-8 (Comma delimited)”, and choose that file.';
const PASTE = 'Copy the guests out of it, and paste them here.';

/** Before a text there may be a mark and blanks. */
const TEXT_FROM = 512;
/** So much of its begin, where bytes show that they are no characters, and of its end, where a ZIP names what it holds. */
export const SHOWS_WHAT_IT_IS = 64 * 1024;

const begins =
  (...wanted: readonly number[]) =>
  (bytes: Uint8Array): boolean =>
    wanted.every((byte, index) => bytes[index] === byte);

const latin = new TextDecoder('latin1');
const startsText =
  (pattern: RegExp) =>
  (bytes: Uint8Array): boolean =>
    pattern.test(latin.decode(bytes.subarray(0, TEXT_FROM)).replace(/^\u00EF\u00BB\u00BF/, ''));

const isZip = begins(0x50, 0x4b, 3, 4);
/** @param name of something that stands in the archive */
const zipWith =
  (name: string) =>
  (bytes: Uint8Array): boolean =>
    isZip(bytes) &&
    [bytes.subarray(0, TEXT_FROM), bytes.subarray(-SHOWS_WHAT_IT_IS)].some((part) => latin.decode(part).includes(name));

const hasMark = (bytes: Uint8Array): boolean => begins(0xff, 0xfe)(bytes) || begins(0xfe, 0xff)(bytes);

/** The first that fits. */
const KINDS: readonly Kind[] = [
  {
    is: (bytes) => bytes.length === 0,
    words: 'It is empty. Save the list again, and choose it; of a folder, choose the file in it.',
  },
  { is: zipWith('xl/'), words: `It is an Excel workbook. In Excel ${SAVE_AS_CSV}` },
  {
    is: zipWith('application/vnd.oasis.opendocument.spreadsheet'),
    words: 'It is a spreadsheet of LibreOffice. Save it there as “Text CSV” in UTF-8, and choose that file.',
  },
  { is: zipWith('word/'), words: `It is a Word document. ${PASTE}` },
  { is: isZip, words: 'It is a ZIP archive. Unpack it, and choose the CSV that is in it.' },
  { is: begins(0x1f, 0x8b), words: 'It is compressed. Unpack it, and choose the CSV that is in it.' },
  {
    is: begins(0xd0, 0xcf, 0x11, 0xe0),
    words: `It is a workbook, or another document, of an older Office. Open it there, ${SAVE_AS_CSV}`,
  },
  { is: startsText(/^%PDF-/), words: `It is a PDF. ${PASTE}` },
  { is: startsText(/^\{\\rtf/), words: `It is a document of a text program. ${PASTE}` },
  {
    is: startsText(/^\s*<(?:!doctype html|html)/i),
    words:
      'It is a web page: such a file comes of a download whose sign-in had ended. Download the list again, and choose it.',
  },
  {
    is: startsText(/^\s*[[{]\s*["{[\]}]/),
    words: 'It is JSON. Save the list as CSV and choose that; or submit it as it is at the command line.',
  },
  {
    is: (bytes) => !hasMark(bytes) && bytes.subarray(0, SHOWS_WHAT_IT_IS).includes(0),
    words: `It is no text, or text in an encoding that is not known here. Open the list where it was made, ${SAVE_AS_CSV}`,
  },
];

/** One or two sentences; undefined of what can be a list. @param bytes at least its begin and its end */
export const foreignWords = (bytes: Uint8Array): string | undefined => KINDS.find(({ is }) => is(bytes))?.words;
