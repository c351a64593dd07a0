/**
 * A query is text. Which values a text may stand for, by the schema of its parameter: numbers and flags, words in any
 * case, blanks around them, and `1` and `0` for flags, as `docs/submitting.md` says.
 */
export function spellingsOf(text: string, schema: Readonly<Record<string, unknown>>): unknown[] {
  const said = text.trim();
  const { type } = schema;
  if (type === 'boolean') return { true: [true], 1: [true], false: [false], 0: [false] }[said.toLowerCase()] ?? [text];
  if (type === 'integer' || type === 'number') return said === '' ? [text] : [Number(said)];
  return [text, said, ...inAnyCase(said, schema)];
}

/** The known word, or words with commas between, that a text is but for the case of its letters. */
function inAnyCase(text: string, schema: Readonly<Record<string, unknown>>): string[] {
  const { enum: words = [], pattern = '' } = schema as { enum?: readonly string[]; pattern?: string };
  const known = [...words, ...(/^\^\(\?:([\w|]+)\)/.exec(pattern)?.[1] ?? '').split('|')];
  const same = (word: string) => known.find((each) => each.toLowerCase() === word.trim().toLowerCase()) ?? word;
  return [text.split(',').map(same).join(',')];
}

/**
 * A JSON body in the document's own spelling: blank text says nothing, as `null` does, and words may be in any case.
 * @param words that some member of the body may be
 */
export function inOwnSpelling(value: unknown, words: readonly string[]): unknown {
  if (typeof value === 'string')
    return value.trim() === ''
      ? null
      : (words.find((word) => word.toLowerCase() === value.trim().toLowerCase()) ?? value);
  if (Array.isArray(value)) return value.map((each) => inOwnSpelling(each, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inOwnSpelling(each, words)]));
}
