const OBJECT_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** The object id that a text is, as the service writes it; undefined where it is none. */
export function objectIdOf(text: string): string | undefined {
  const trimmed = text.trim();
  return OBJECT_ID.test(trimmed) ? trimmed.toLowerCase() : undefined;
}
