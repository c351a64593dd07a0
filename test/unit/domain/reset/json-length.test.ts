import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLength, jsonText } from '../../../../shared/domain/reset/json-length.ts';

test('the length of anything as JSON is that of its JSON, which has no ends of lines and means the same', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\u0001', '\ud800', '\udfff', '\u2028', '😀', 'é') }),
  );
  const name = fc.stringMatching(/^[a-z]{1,8}$/);
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(name, fc.oneof(tie('value'), fc.constant(undefined)), { maxKeys: 5 }),
    ),
  }));
  fc.assert(
    fc.property(value, (any) => {
      expect(jsonLength(any)).toBe(jsonText(any).length);
      expect(jsonText(any)).not.toMatch(/[\n\r\u2028\u2029]/);
      expect(JSON.parse(jsonText(any))).toEqual(JSON.parse(JSON.stringify(any)));
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  [[]],
  [{}],
  [[[]]],
  [{ a: undefined }],
  [{ a: undefined, b: 1 }],
  ['\u001f'],
  [' '],
  ['\ud7ff'],
  ['\ue000'],
  ['\udfff'],
  ['a\u2028'],
  ['\u2029'],
])('so it is of %j', (value) => {
  expect(jsonLength(value)).toBe(jsonText(value).length);
});
