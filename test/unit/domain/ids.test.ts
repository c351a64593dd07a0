import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isGuid, newJobId, parseJobId } from '../../../shared/domain/ids.ts';
import { GUEST_ID, NOW } from './records.ts';

const random = fc.uint8Array({ minLength: 16, maxLength: 16 });
const time = fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00Z') });

describe('a job id', () => {
  test('sorts newest first, whatever its random part', () => {
    fc.assert(
      fc.property(time, fc.integer({ min: 1, max: 1e10 }), random, random, (older, later, one, other) => {
        expect(newJobId(older + later, one) < newJobId(older, other)).toBe(true);
      }),
    );
  });
  test('is read back as it was made', () => {
    fc.assert(
      fc.property(time, random, (now, bytes) => {
        const id = newJobId(now, bytes);
        expect(id).toMatch(/^[0-9a-z]{26}$/);
        expect(parseJobId(id)).toBe(id);
      }),
    );
  });
  test('differs where the random part does, so that two jobs of one millisecond stay two', () => {
    const zeros = new Uint8Array(16);
    const lastDiffers = Uint8Array.from(zeros).fill(1, 15);
    expect(newJobId(NOW, lastDiffers)).not.toBe(newJobId(NOW, zeros));
  });
  test.each([
    '',
    'jobs',
    '../jobs',
    7,
    undefined,
    'U'.repeat(26),
    'i'.repeat(26),
    `${'0'.repeat(26)}\n`,
    '0'.repeat(25),
    '0'.repeat(27),
  ])('is not %j', (text) => {
    expect(parseJobId(text)).toBeUndefined();
  });
  test('is text: a list of one is none', () => {
    expect(parseJobId([newJobId(NOW, new Uint8Array(16))])).toBeUndefined();
  });
});

test('an object id has its usual form, in any case, and nothing around it', () => {
  expect([GUEST_ID, 'ABCDEF01-2345-6789-abcd-ef0123456789'].map(isGuid)).toEqual([true, true]);
  expect(
    ['', ` ${GUEST_ID}`, `${GUEST_ID}\n`, `{${GUEST_ID}}`, GUEST_ID.replaceAll('-', ''), 'anna@fabrikam.example'].some(
      isGuid,
    ),
  ).toBe(false);
});
