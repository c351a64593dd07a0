/** NDJSON: one entry a line, blank lines skipped. A bad line is a problem of that line; reading goes on. */
import type { BodyItem } from '../../../domain/submission/body-item.ts';
import { problemAt } from '../../../domain/submission/findings.ts';
import { ENTRY_MAX_CHARS } from '../../../domain/submission/lengths.ts';
import type { FormatReader } from './format-reader.ts';
import { repeatedMembersOf } from './repeated-members.ts';
import { type TextBlock, TextBlocks } from './text-blocks.ts';

export function ndjsonReader(): FormatReader {
  const blocks = new TextBlocks();
  let parts: string[] = [];
  let length = 0;

  const items = (source: Iterable<TextBlock>): BodyItem[] => {
    const found: BodyItem[] = [];
    for (const block of source) {
      length += block.text.length;
      // A line that is too long is still read to its end, but no longer kept.
      if (length <= ENTRY_MAX_CHARS) parts.push(block.text);
      else parts = [];
      if (!block.endsLine) continue;
      const item = length <= ENTRY_MAX_CHARS ? readLine(parts.join(''), block.line) : tooLong(block.line);
      if (item !== undefined) found.push(item);
      parts = [];
      length = 0;
    }
    return found;
  };
  return { push: (text) => items(blocks.push(text)), end: () => items(blocks.end()) };
}

function readLine(text: string, line: number): BodyItem | undefined {
  if (text.trim() === '') return undefined;
  try {
    const value = JSON.parse(text) as unknown;
    const repeated = repeatedMembersOf(text);
    return { kind: 'entry', line, value, ...(repeated.length > 0 && { repeated }) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {
      kind: 'badLine',
      line,
      problem: problemAt(
        { line },
        'invalidJson',
        `Line ${line} is not one JSON object. Write each entry on one line of its own.`,
      ),
    };
  }
}

function tooLong(line: number): BodyItem {
  return {
    kind: 'badLine',
    line,
    problem: problemAt({ line }, 'rowTooLong', `Line ${line} has more than ${ENTRY_MAX_CHARS} characters.`),
  };
}
