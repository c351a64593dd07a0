import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowChange } from '../../../../shared/domain/chunk/row-change.ts';
import { isTerminal, RESET_STATUSES } from '../../../../shared/domain/reset/reset.ts';
import { chunk, NOW, pending, sending } from '../records.ts';

const NOTHING = { endings: [], attempts: 0, inDoubt: 0 };
const claimed = chunk([sending()], { attemptId: 'attempt', quietUntil: NOW });
const over = chunk([{ ...sending(), attempts: 1 }]);

describe('a write of a chunk tells', () => {
  test('nothing of a claim: what is being sent is not in doubt yet', () => {
    expect(rowChange(chunk(), claimed)).toEqual(NOTHING);
  });
  test('a request and a doubt where the attempt ends without an answer', () => {
    expect(rowChange(claimed, over)).toEqual({ endings: [], attempts: 1, inDoubt: 1 });
  });
  test('nothing more of a doubt that stays, also while another attempt is on its way, and after it', () => {
    const other = { ...over, attemptId: 'other', quietUntil: NOW };
    for (const [before, after] of [
      [over, over],
      [over, other],
      [other, over],
    ] as const)
      expect(rowChange(before, after)).toEqual(NOTHING);
  });
  test('of an ending its status and its code', () => {
    const verdict = { code: 'canceled', message: 'Canceled.' } as const;
    expect(rowChange(chunk(), chunk([pending(1, { status: 'canceled', verdict })])).endings).toEqual([
      { status: 'canceled', code: 'canceled' },
    ]);
  });
  test('each ending once, in whichever of many writes it happened', () => {
    const statuses = fc.array(fc.constantFrom(...RESET_STATUSES), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(statuses, { maxLength: 6 }), (writes) => {
        let row = chunk(Array.from({ length: 20 }, (_, position) => pending(position + 1)));
        let told = 0;
        for (const next of writes) {
          const resets = row.resets.map((record, position) =>
            isTerminal(record.status) ? record : { ...record, status: next[position] ?? 'pending' },
          );
          told += rowChange(row, { ...row, resets }).endings.length;
          row = { ...row, resets };
        }
        expect(told).toBe(row.resets.filter(({ status }) => isTerminal(status)).length);
      }),
    );
  });
});
