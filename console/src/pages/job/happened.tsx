/** Who did what to the job, and when; newest first. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Action, Job } from '../../../../client/types.ts';
import { counted, moment } from '../../parts/numbers.ts';
import { deedOf, doerOf, whyOf } from './happened.ts';
import { JobLink } from './job-head.tsx';

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'grid',
    gridTemplateColumns: '128px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalL,
    paddingBlock: tokens.spacingVerticalS,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
    ':first-child': { borderTopStyle: 'none' },
    '@media (max-width: 640px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export function Happened({ job: { actions = [], actionsOmitted } }: { readonly job: Job }) {
  const styles = useStyles();
  return (
    <>
      <ul className={styles.list} aria-label="What happened, newest first">
        {actions.toReversed().map((action) => (
          <Deed key={`${action.at} ${action.action} ${action.newJobId ?? ''}`} action={action} />
        ))}
      </ul>
      {actionsOmitted !== undefined && (
        <Text as="p" block className={styles.quiet}>
          {counted(actionsOmitted, 'more action')} came behind the first one; the audit has them.
        </Text>
      )}
    </>
  );
}

function Deed({ action }: { readonly action: Action }) {
  const styles = useStyles();
  const why = whyOf(action);
  return (
    <li className={styles.item}>
      <Text className={styles.quiet}>{moment(action.at)}</Text>
      <div>
        <Text weight="semibold">{deedOf(action)}</Text>
        <Text> by {doerOf(action)}</Text>
        {why !== undefined && (
          <Text block className={styles.quiet}>
            {why}
          </Text>
        )}
        {action.newJobId !== undefined && (
          <Text block>
            <JobLink id={action.newJobId}>To the new job</JobLink>
          </Text>
        )}
      </div>
    </li>
  );
}
