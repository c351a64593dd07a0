/** One reset of the guest's history; all that is known of it on demand. */
import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronRight16Regular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import type { PastReset } from '../../../../client/types.ts';
import { titleOf } from '../../parts/job-words.ts';
import { moment } from '../../parts/numbers.ts';
import { inPageWords } from '../../parts/service-words.ts';
import { PageLink } from '../../parts/page-link.tsx';
import { meaningOf, RESET_STATES, stepOfGuest } from '../../parts/reset-words.ts';
import { PastResetDetails } from './past-reset-details.tsx';

const useStyles = makeStyles({
  item: {
    display: 'grid',
    gridTemplateColumns: '136px minmax(0, 1fr) auto auto',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    alignItems: 'start',
    paddingBlock: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
    ':first-child': { borderTopStyle: 'none', paddingTop: tokens.spacingVerticalXS },
    '@media (max-width: 640px)': { gridTemplateColumns: 'minmax(0, 1fr) auto' },
  },
  words: {
    display: 'grid',
    gap: tokens.spacingVerticalXXS,
    '@media (max-width: 640px)': { gridColumnStart: 1, gridColumnEnd: -1 },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  // Where it is narrow beside the time, above the words.
  badge: {
    whiteSpace: 'nowrap',
    justifySelf: 'start',
    '@media (max-width: 640px)': { gridRowStart: 1, gridColumnStart: 2 },
  },
  button: { whiteSpace: 'nowrap', justifySelf: 'start' },
  details: {
    gridColumnStart: 2,
    gridColumnEnd: -1,
    minWidth: 0,
    '@media (max-width: 640px)': { gridColumnStart: 1 },
  },
});

/** Of a row that cannot be read, or is gone, nobody knows how it ended. */
const NOT_KNOWN = { text: 'Not known', color: 'informative' } as const;

export function PastResetItem({ reset }: { readonly reset: PastReset }) {
  const styles = useStyles();
  const [isOpen, open] = useState(false);
  const id = useId();
  const { triedAt, status } = reset;
  const step = stepOfGuest(reset);
  const { text, color } = status === undefined ? NOT_KNOWN : RESET_STATES[status];
  const mailed = mailOf(reset);
  return (
    <li className={styles.item}>
      <Text className={styles.quiet}>{moment(triedAt)}</Text>
      <div className={styles.words}>
        <Job reset={reset} />
        <Text>{resultOf(reset)}</Text>
        {step !== undefined && <Text className={styles.quiet}>{step}</Text>}
        {mailed !== undefined && <Text className={styles.quiet}>{mailed}</Text>}
      </div>
      <Badge appearance="tint" color={color} className={styles.badge}>
        {text}
      </Badge>
      <Button
        size="small"
        appearance="subtle"
        className={styles.button}
        icon={isOpen ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
        iconPosition="after"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={`Details of ${moment(triedAt)}`}
        onClick={() => open(!isOpen)}
      >
        Details
      </Button>
      <div id={id} hidden={!isOpen} className={styles.details}>
        {isOpen && <PastResetDetails reset={reset} />}
      </div>
    </li>
  );
}

function Job({ reset }: { readonly reset: PastReset }) {
  const styles = useStyles();
  const { jobId, jobDeleted, reason, reference, submittedBy } = reset;
  const title = titleOf({ id: jobId, ...(reason !== undefined && { reason }) });
  const by =
    submittedBy === undefined ? 'somebody whose name is gone with the job' : (submittedBy.name ?? submittedBy.id);
  return (
    <div>
      {jobDeleted === true ? (
        <>
          <Text weight="semibold">
            <bdi>{title}</bdi>
          </Text>
          <Text className={styles.quiet}> (the job is deleted)</Text>
        </>
      ) : (
        <PageLink to={`/jobs/${jobId}`}>
          <bdi>{title}</bdi>
        </PageLink>
      )}
      <Text>
        {' '}
        by <bdi>{by}</bdi>
      </Text>
      {reference !== undefined && (
        <Text className={styles.quiet}>
          {' '}
          · <bdi>{reference}</bdi>
        </Text>
      )}
    </div>
  );
}

/** Of a deleted job only the code is kept of what it said. */
function resultOf({ message, code, status }: PastReset): string {
  if (message !== undefined) return inPageWords(message);
  if (code !== undefined) return meaningOf(code);
  return status === undefined ? 'What came of it cannot be read.' : 'It has not ended yet.';
}

function mailOf({ mail, mailTo, messageLanguage }: PastReset): string | undefined {
  if (mail !== 'microsoft') return undefined;
  return `Mail to ${mailTo ?? 'the guest'}${messageLanguage === undefined ? '' : `, in ${messageLanguage}`}`;
}
