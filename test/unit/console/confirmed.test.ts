import { expect, test } from 'vitest';
import { isAnother, isConfirmed } from '../../../console/src/parts/confirmed.ts';

test.each(['2480', ' 2,480 ', '2.480', '2 480', '2’480', '2\u202F480'])('%s is the number 2480', (typed) => {
  expect(isConfirmed(typed, 2_480)).toBe(true);
  expect(isAnother(typed, 2_480)).toBe(false);
});

test.each(['24.80', '2,4,8,0', '248.0', '2481', '24800', '2480 guests', '-2480', '2480.'])(
  '%s is another number, or none',
  (typed) => {
    expect(isConfirmed(typed, 2_480)).toBe(false);
    expect(isAnother(typed, 2_480)).toBe(true);
  },
);

test.each(['', '2', '2,4', '248'])('“%s” may become the number: nobody is told of a mistake yet', (typed) => {
  expect(isConfirmed(typed, 2_480)).toBe(false);
  expect(isAnother(typed, 2_480)).toBe(false);
});

test('where a click is enough nothing needs to be typed', () => expect(isConfirmed('', 20)).toBe(true));
