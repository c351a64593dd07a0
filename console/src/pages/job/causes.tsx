/** Why guests were not reset. Each cause opens to its next step and its guests. */
import { Badge, Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { ArrowClockwise16Regular, ChevronDown16Regular, ChevronRight16Regular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import type { Job } from '../../../../client/types.ts';
import { hasEnded } from '../../parts/job-words.ts';
import { count } from '../../parts/numbers.ts';
import { causeIn, RESET_STATES, stepOf } from '../../parts/reset-words.ts';
import { useAnswer } from '../../service/answers.ts';
import { hasAny } from '../../parts/roles.ts';
import { useService } from '../../service/service.tsx';
import { canHelp, retryOf, type Cause } from '../../parts/causes.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { ResetItems } from './reset-items.tsx';
import { RetryAction } from './retry-action.tsx';
import { SaveResults } from '../../parts/save-results.tsx';

/** Of a job up to this size the next step of each cause is looked up at once; in larger ones when it is opened. */
const LOOKED_UP = 2_000;

const useStyles = makeStyles({
  // Columns line up through all causes.
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(40px, auto) minmax(0, 1fr) auto auto',
    columnGap: tokens.spacingHorizontalL,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    '@media (max-width: 640px)': { gridTemplateColumns: 'auto minmax(0, 1fr)' },
  },
  cause: {
    display: 'grid',
    gridColumnStart: 1,
    gridColumnEnd: -1,
    gridTemplateColumns: 'subgrid',
    rowGap: tokens.spacingVerticalS,
    alignItems: 'center',
    paddingBlock: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    ':first-child': { borderTopStyle: 'none' },
  },
  number: { textAlign: 'right', alignSelf: 'start' },
  words: { display: 'grid', gap: tokens.spacingVerticalXXS, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  badge: { justifySelf: 'start', whiteSpace: 'nowrap' },
  under: { '@media (max-width: 640px)': { gridColumnStart: 2 } },
  buttons: { display: 'flex', flexWrap: 'wrap', justifyContent: 'end', gap: tokens.spacingHorizontalS },
  left: {
    '@media (max-width: 640px)': {
      justifyContent: 'start',
      // A button without a frame stands by its words.
      '& > [aria-expanded]:only-child': { marginLeft: `calc(-1 * ${tokens.spacingHorizontalS})` },
    },
  },
  button: { whiteSpace: 'nowrap' },
  guests: { gridColumnStart: 1, gridColumnEnd: -1, minWidth: 0 },
  save: { marginBottom: tokens.spacingVerticalS },
});

interface CausesProperties {
  readonly job: Job;
  readonly causes: readonly Cause[];
  readonly isGone: boolean;
}

export function Causes({ job, causes, isGone }: CausesProperties) {
  const { list } = useStyles();
  if (causes.length === 0)
    return (
      <Text>
        {hasEnded(job)
          ? 'Each guest of this job was reset.'
          : 'Nobody has failed or was skipped so far. Whoever does stands here with the cause.'}
      </Text>
    );
  return (
    <ul className={list} aria-label="Causes">
      {causes.map((cause) => (
        <CauseItem key={cause.code} job={job} cause={cause} isGone={isGone} />
      ))}
    </ul>
  );
}

interface CauseItemProperties {
  readonly job: Job;
  readonly cause: Cause;
  readonly isGone: boolean;
}

function CauseItem({ job, cause, isGone }: CauseItemProperties) {
  const styles = useStyles();
  const [isOpen, open] = useState(false);
  const id = useId();
  const { code, outcome } = cause;
  const nextStep = useNextStep(job, code, isOpen);
  const { text, color } = RESET_STATES[outcome];
  return (
    <li className={styles.cause}>
      <Text weight="semibold" size={400} className={styles.number}>
        {count(cause.count)}
      </Text>
      <div className={styles.words}>
        <Text weight="semibold">{causeIn(job, code)}</Text>
        {nextStep !== undefined && <Text className={styles.quiet}>{nextStep}</Text>}
      </div>
      <Badge appearance="tint" color={color} className={mergeClasses(styles.badge, styles.under)}>
        {text}
      </Badge>
      <div className={mergeClasses(styles.buttons, styles.under, styles.left)}>
        {!isGone && <RetryCause job={job} cause={cause} />}
        <Button
          size="small"
          appearance="subtle"
          icon={isOpen ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
          iconPosition="after"
          aria-expanded={isOpen}
          aria-controls={id}
          className={styles.button}
          onClick={() => open(!isOpen)}
        >
          {isOpen ? 'Hide' : 'Show'}
          <HiddenWords words={causeIn(job, code)} />
        </Button>
      </div>
      <div id={id} hidden={!isOpen} className={styles.guests}>
        {isOpen && (
          <>
            {!isGone && (
              <div className={styles.save}>
                <SaveResults
                  id={job.id}
                  name={`${code}-${job.id}`}
                  filter={{ code }}
                  label="These as CSV"
                  size="small"
                />
              </div>
            )}
            <ResetItems id={job.id} name={causeIn(job, code)} filter={{ code }} />
          </>
        )}
      </div>
    </li>
  );
}

/** The next step that the first of them has: it depends on the guest at most in a detail. */
function useNextStep({ id, total }: Job, code: string, isOpen: boolean): string | undefined {
  const { data } = useAnswer(['job', id, 'cause', code], (client) => client.resetPage(id, { code, pageSize: 1 }), {
    enabled: isOpen || total <= LOOKED_UP,
  });
  const first = data?.value.value[0];
  return first && stepOf(first);
}

function RetryCause({ job, cause }: { readonly job: Job; readonly cause: Cause }) {
  const { me } = useService();
  const maySubmit = hasAny(me, 'Submit');
  if (!maySubmit || !canHelp(cause, job)) return null;
  return (
    <RetryAction
      job={job}
      resets={cause.count}
      said={retryOf(cause)}
      trigger={
        <ActionButton size="small" icon={<ArrowClockwise16Regular />}>
          Try {cause.count === 1 ? 'this one' : `these ${count(cause.count)}`} again
        </ActionButton>
      }
    >
      {causeIn(job, cause.code)}{' '}
      {cause.outcome === 'unknown' && 'Whoever was mailed already may get a second mail: rehearse first. '}
    </RetryAction>
  );
}

/** Said to whoever listens, so that one “Show” is not like the other. */
function HiddenWords({ words }: { readonly words: string }) {
  const { hidden } = useHidden();
  return <span className={hidden}>: {words}</span>;
}

const useHidden = makeStyles({
  hidden: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});
