import { batches, oneAfterAnother, plainFunctions } from '../baselines/tools.ts';
import { columnsOf } from '../columns.ts';
import { guestReset } from '../guest-reset.ts';
import type { Figures, Measurement } from '../measurement.ts';
import { FAULTS_IN_WORDS } from '../ordinary-faults.ts';
import type { Scale } from '../scale.ts';
import { watchRun } from '../watched-run.ts';

const ours = guestReset.title;
const RUNS = [guestReset, oneAfterAnother, batches, plainFunctions].map((tool) => ({ tool }));
const GUESTS = { full: 1_000, quick: 60 };

export const faults: Measurement = {
  name: 'faults',
  title: "An ordinary day's faults: who was reset, and who says so",
  about:
    'The invitations of some guests are struck once, the same guests in the same way for every tool. Of 1,000: ' +
    `${FAULTS_IN_WORDS}. No budget refuses here. ` +
    'What each tool says of each guest is compared with the simulated directory and outbox. Correct is: "done", ' +
    'and there was a reset and one mail; or "not done", and there was neither. ' +
    'Unknown is what the tool itself calls unknown. Wrong is everything else, and no word at all.',
  columns: columnsOf(RUNS),
  rows: [
    { name: 'guests' },
    { name: 'reset' },
    { name: 'correctly reported' },
    { name: 'said to be unknown' },
    { name: 'wrongly reported, or not at all', target: { column: ours, atMost: 0 } },
    { name: 'mailed twice', target: { column: ours, atMost: 0 } },
  ],
  run: runFaults,
};

async function runFaults(scale: Scale): Promise<Figures> {
  const figures: Record<string, Record<string, number>> = {};
  for (const { tool } of scale.some(RUNS)) {
    const { guests, verdicts } = await watchRun(tool, {
      guests: scale.size(GUESTS.full, GUESTS.quick),
      hasFaults: true,
    });
    const row = {
      guests,
      reset: verdicts.reset,
      'correctly reported': verdicts.told,
      'said to be unknown': verdicts.unknown,
      'wrongly reported, or not at all': verdicts.wrong,
      'mailed twice': verdicts.mailedTwice,
    };
    for (const [name, value] of Object.entries(row)) (figures[name] ??= {})[tool.title] = value;
  }
  return figures;
}
