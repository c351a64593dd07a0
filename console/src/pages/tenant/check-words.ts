/** What the service depends on, in words: each thing that it tries. */
import type { Diagnostics } from '../../../../client/types.ts';
import { inPageWords } from '../../parts/service-words.ts';

export type Check = Diagnostics['checks'][number];

interface CheckWords {
  readonly title: string;
  /** Where all is well. */
  readonly well: string;
  /** What to do where it is not. */
  readonly nextStep: string;
  /** What to do about a note, where that does not say it. */
  readonly ofNote?: string;
}

/** What stops sending: it stands at the top of the page, and is younger there. */
const GATE = 'gate';

const DOCTOR = '“npm run -s doctor”, in the folder of guest-reset, names what is missing.';

const REMOVE_LETTERS =
  'See that the jobs go on. Then remove the dead letters in the Azure portal: the Service Bus namespace, the queue, ' +
  'Service Bus Explorer. That ends no reset.';

const CHECKS: Readonly<Record<Exclude<Check['name'], typeof GATE>, CheckWords>> = {
  configuration: {
    title: 'Settings',
    well: 'All are there and valid.',
    nextStep: 'Settings stand in the function app under Environment variables; a change starts the app anew.',
  },
  tables: {
    title: 'Tables',
    well: 'Jobs and their results can be read.',
    nextStep: `See that the storage account is there and lets the app’s identity in: ${DOCTOR} Jobs go on by themselves.`,
  },
  serviceBus: {
    title: 'Queues',
    well: 'Service Bus can be reached.',
    nextStep: `See that Service Bus is there and lets the app’s identity in: ${DOCTOR} Jobs go on by themselves.`,
  },
  graph: {
    title: 'Microsoft Graph',
    well: 'It answers.',
    nextStep:
      'Service health in the Microsoft 365 admin center tells whether Graph has trouble. Where it refuses the app, ' +
      '“npm run -s guest-reset -- setup check” names the permission that is missing.',
  },
  roles: {
    title: 'Directory roles',
    well: 'Who holds one is told before anything is sent.',
    nextStep: '“npm run -s guest-reset -- setup check” names the permission that is missing.',
  },
  deadLetters: {
    title: 'Dead letters',
    well: 'None: no message was given up.',
    nextStep: REMOVE_LETTERS,
    ofNote: REMOVE_LETTERS,
  },
};

export interface CheckSaid {
  readonly title: string;
  readonly state: 'well' | 'note' | 'wrong';
  /** What the service has found. */
  readonly found: string;
  readonly nextStep?: string | undefined;
}

/** A check that this page does not know yet is called by its own name. */
export function checkSaid({ name, ok, problem, note }: Check): CheckSaid {
  const known = (CHECKS as Readonly<Record<string, CheckWords | undefined>>)[name];
  const { title, well, nextStep, ofNote } = known ?? {
    title: name,
    well: 'Well.',
    nextStep: undefined,
    ofNote: undefined,
  };
  const told = problem ?? note;
  const found = told === undefined ? undefined : inPageWords(told);
  if (!ok) return { title, state: 'wrong', found: found ?? 'It does not work.', nextStep };
  return found === undefined
    ? { title, state: 'well', found: well }
    : { title, state: 'note', found, nextStep: ofNote };
}

/** The worst first, in the order of the service else; without what stops sending. */
export function sortedChecks(checks: readonly Check[]): readonly CheckSaid[] {
  const order = ['wrong', 'note', 'well'] as const;
  return checks
    .filter(({ name }) => name !== GATE)
    .map(checkSaid)
    .toSorted((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
}
