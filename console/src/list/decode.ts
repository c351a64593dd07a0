/** The bytes of a list as text, as the service would read them. */

export interface Decoded {
  readonly text: string;
  /** What the body must be sent as. */
  readonly type: 'text/csv' | 'text/csv; charset=windows-1252';
}

/** Spreadsheets of Windows write UTF-8 and UTF-16 with a mark, and "CSV" alone as windows-1252. */
export function decode(bytes: Uint8Array): Decoded {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), type: 'text/csv' };
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), type: 'text/csv' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), type: 'text/csv' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), type: 'text/csv; charset=windows-1252' };
  }
}
