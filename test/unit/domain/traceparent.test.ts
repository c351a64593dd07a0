import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ancestryOf, parseTraceparent, traceparentOf } from '../../../shared/domain/traceparent.ts';

const TRACE = 'a'.repeat(32);
const SPAN = 'b'.repeat(16);
const here = { traceId: TRACE, spanId: SPAN };
const elsewhere = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16) };

describe('a traceparent', () => {
  test('is read as it was written, whatever flags it has', () => {
    const hex = (length: number) =>
      fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`)).filter((text) => /[^0]/.test(text));
    fc.assert(
      fc.property(hex(32), hex(16), (traceId, spanId) => {
        expect(parseTraceparent(traceparentOf({ traceId, spanId }))).toEqual({ traceId, spanId });
        expect(parseTraceparent(`00-${traceId}-${spanId}-00`)).toEqual({ traceId, spanId });
      }),
    );
  });
  test.each([
    undefined,
    7,
    '',
    TRACE,
    `00-${TRACE}-${SPAN}`,
    `01-${TRACE}-${SPAN}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    ` 00-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-anna@fabrikam.example`,
  ])('is not %j', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });
});

test.each([
  ['nobody has said anything', undefined, undefined, {}],
  ['only the host has a trace', here, undefined, { parent: here }],
  ['only the message has one', undefined, here, { parent: here }],
  [
    'the host has continued the trace of the message',
    { ...here, spanId: 'e'.repeat(16) },
    here,
    { parent: { ...here, spanId: 'e'.repeat(16) } },
  ],
  ['the host has begun another', elsewhere, here, { parent: here, link: elsewhere }],
] as const)('where %s, an invocation is shown below it', (_when, host, message, ancestry) => {
  expect(ancestryOf(host, message)).toEqual(ancestry);
});
