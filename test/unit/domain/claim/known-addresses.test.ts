import { expect, test } from 'vitest';
import { isFresh } from '../../../../shared/domain/claim/known-addresses.ts';
import { NOW, SECOND } from '../records.ts';

const LAG = 900;

test('what is remembered beside a claim is fresh for as long as the directory may lag', () => {
  const memory = { addresses: ['a@x.example'], at: NOW };
  expect([
    isFresh(memory, LAG, NOW + LAG * SECOND),
    isFresh(memory, LAG, NOW + LAG * SECOND + 1),
    isFresh(undefined, LAG, NOW),
  ]).toEqual([true, false, false]);
});
