/** A date and a time with its offset, so that no clock of ours is needed to understand it. */
import { bad, type Checked, good, shown } from './findings.ts';

const DATE_TIME = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/i;

const MONTH = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Milliseconds since the epoch. A day too many would be read as one of the next month, so it is refused. */
export function checkDateTime(name: string, text: string): Checked<number> {
  const [, year, month, day] = DATE_TIME.exec(text) ?? [];
  const time = day === undefined ? Number.NaN : Date.parse(text);
  if (Number.isNaN(time))
    return bad(
      'invalidOption',
      `${name} is ${shown(text)}; it must be a date and time with its offset, such as 2030-01-31T08:00:00Z. In a ` +
        'query write a + as %2B.',
    );
  // The day before the first of the next month.
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0));
  return Number(day) > lastDay.getUTCDate()
    ? bad(
        'invalidOption',
        `${name} is ${shown(text)}; ${MONTH.format(lastDay)} has ${lastDay.getUTCDate()} days. Write a day that ` +
          'there is.',
      )
    : good(time);
}
