/** A schedule `{second} {minute} {hour} {day} {month} {day of week}`, in UTC as on Azure. */
export interface Schedule {
  readonly seconds: ReadonlySet<number>;
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
}

/** No schedule is further away than 29 February of a leap year on one given weekday. */
const MAX_YEARS_AHEAD = 40;

/**
 * Reads an NCRONTAB expression of six fields (or five: then at second 0). A field is `*`, a number, a range `a-b`, a
 * step (`*` or a range, then `/n`), or a list of these. Throws with the field that is wrong.
 */
export function parseSchedule(expression: string): Schedule {
  const fields = expression.trim().split(/\s+/);
  if (fields.length === 5) fields.unshift('0');
  const [second, minute, hour, day, month, weekday] = fields;
  if (
    fields.length !== 6 ||
    second === undefined ||
    minute === undefined ||
    hour === undefined ||
    day === undefined ||
    month === undefined ||
    weekday === undefined
  ) {
    throw new Error(`The schedule "${expression}" needs six fields: second minute hour day month day-of-week.`);
  }
  return {
    seconds: parseField(second, 0, 59, expression),
    minutes: parseField(minute, 0, 59, expression),
    hours: parseField(hour, 0, 23, expression),
    days: parseField(day, 1, 31, expression),
    months: parseField(month, 1, 12, expression),
    weekdays: parseField(weekday, 0, 6, expression),
  };
}

function parseField(field: string, least: number, most: number, expression: string): Set<number> {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    const [, from, to, step] = match ?? [];
    const first = from === undefined ? least : Number(from);
    // `5/10` means from 5 on; a number alone means itself.
    const last = to !== undefined ? Number(to) : from !== undefined && step === undefined ? first : most;
    const every = step === undefined ? 1 : Number(step);
    if (match === null || first < least || last > most || first > last || every < 1) {
      throw new Error(
        `"${part}" in the schedule "${expression}" is not between ${least} and ${most}, or not a form this host reads.`,
      );
    }
    for (let value = first; value <= last; value += every) values.add(value);
  }
  return values;
}

/** The first moment after `after` that the schedule names. Throws when there is none, as for 30 February. */
export function nextRun(schedule: Schedule, after: Date): Date {
  const next = new Date(after);
  next.setUTCMilliseconds(0);
  next.setUTCSeconds(next.getUTCSeconds() + 1);
  const lastYear = after.getUTCFullYear() + MAX_YEARS_AHEAD;
  while (next.getUTCFullYear() <= lastYear) {
    // From the largest unit down: a unit that does not fit moves on to the start of the next one.
    if (!schedule.months.has(next.getUTCMonth() + 1)) {
      next.setUTCMonth(next.getUTCMonth() + 1, 1);
      next.setUTCHours(0, 0, 0);
    } else if (!schedule.days.has(next.getUTCDate()) || !schedule.weekdays.has(next.getUTCDay())) {
      next.setUTCDate(next.getUTCDate() + 1);
      next.setUTCHours(0, 0, 0);
    } else if (!schedule.hours.has(next.getUTCHours())) {
      next.setUTCHours(next.getUTCHours() + 1, 0, 0);
    } else if (!schedule.minutes.has(next.getUTCMinutes())) {
      next.setUTCMinutes(next.getUTCMinutes() + 1, 0);
    } else if (!schedule.seconds.has(next.getUTCSeconds())) {
      next.setUTCSeconds(next.getUTCSeconds() + 1);
    } else {
      return next;
    }
  }
  throw new Error('The schedule never comes: no year has such a day.');
}
