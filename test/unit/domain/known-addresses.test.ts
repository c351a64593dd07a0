import { describe, expect, test } from 'vitest';
import { isFresh, ownMemory } from '../../../shared/domain/known-addresses.ts';
import { NOW, pending, plan, SECOND, sending } from './records.ts';

const LAG = 900;
const changing = sending({
  address: 'new@adatum.example',
  emailChange: { mail: 'new@adatum.example', otherMails: ['anna@fabrikam.example'] },
  state: { ...plan().state, otherMails: ['second@fabrikam.example'] },
});

describe('the addresses that a reset remembers', () => {
  test('are those that it saw and the one that it added', () => {
    expect(ownMemory(changing, LAG, NOW)).toEqual([
      'anna@fabrikam.example',
      'second@fabrikam.example',
      'new@adatum.example',
    ]);
  });
  test('of a guest who had no mail begin with the others', () => {
    const without = sending({ ...plan(), emailChange: { otherMails: [] }, state: { ...plan().state, mail: null } });
    expect(ownMemory(without, LAG, NOW)).toEqual(['anna@fabrikam.example']);
  });
  test('are none where nothing was sent, or no email was changed', () => {
    expect([ownMemory(pending(), LAG, NOW), ownMemory(sending(), LAG, NOW)]).toEqual([[], []]);
  });
  test('are forgotten once the directory can no longer be lagging', () => {
    expect(ownMemory(changing, LAG, NOW + LAG * SECOND)).toHaveLength(3);
    expect(ownMemory(changing, LAG, NOW + LAG * SECOND + 1)).toEqual([]);
  });
});

test('what is remembered beside a claim is fresh for as long as the directory may lag', () => {
  const memory = { addresses: ['a@x.example'], at: NOW };
  expect([
    isFresh(memory, LAG, NOW + LAG * SECOND),
    isFresh(memory, LAG, NOW + LAG * SECOND + 1),
    isFresh(undefined, LAG, NOW),
  ]).toEqual([true, false, false]);
});
