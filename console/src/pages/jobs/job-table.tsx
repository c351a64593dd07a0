/** Jobs in rows; in a narrow window as a list. */
import {
  Link as FluentLink,
  makeStyles,
  mergeClasses,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
  tokens,
} from '@fluentui/react-components';
import { Link } from 'wouter';
import type { Job } from '../../../../client/types.ts';
import { JobState } from '../../parts/job-state.tsx';
import { doneOf, placeOf, titleOf } from '../../parts/job-words.ts';
import { useNarrowForTable } from '../../parts/narrow.ts';
import { count, counted, moment } from '../../parts/numbers.ts';

const useStyles = makeStyles({
  name: { overflowWrap: 'anywhere' },
  // As high as its words: the first lines of a row stand on one line, however many lines a reason has.
  cell: { height: 'auto', paddingBlock: tokens.spacingVerticalM, verticalAlign: 'baseline' },
  state: { width: '208px' },
  number: { width: '160px', paddingRight: tokens.spacingHorizontalXXL, textAlign: 'right', whiteSpace: 'nowrap' },
  numberHeading: { '& > *': { justifyContent: 'flex-end' } },
  when: { width: '128px' },
  quiet: { color: tokens.colorNeutralForeground3 },
  list: { display: 'grid', margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'grid',
    justifyItems: 'start',
    gap: tokens.spacingVerticalXS,
    paddingBlock: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

export function JobTable({ jobs }: { readonly jobs: readonly Job[] }) {
  return useNarrowForTable() ? <AsList jobs={jobs} /> : <AsTable jobs={jobs} />;
}

function AsTable({ jobs }: { readonly jobs: readonly Job[] }) {
  const styles = useStyles();
  return (
    <Table aria-label="Jobs, newest first">
      <TableHeader>
        <TableRow>
          <TableHeaderCell>Reason</TableHeaderCell>
          <TableHeaderCell className={styles.state}>State</TableHeaderCell>
          <TableHeaderCell className={mergeClasses(styles.number, styles.numberHeading)}>Done</TableHeaderCell>
          <TableHeaderCell>Submitted by</TableHeaderCell>
          <TableHeaderCell className={styles.when}>When</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {jobs.map((job) => (
          <TableRow key={job.id}>
            <TableCell className={styles.cell}>
              <Title job={job} />
            </TableCell>
            <TableCell className={styles.cell}>
              <JobState job={job} />
            </TableCell>
            <TableCell className={mergeClasses(styles.cell, styles.number)}>
              {count(doneOf(job))} of {count(job.total)}
            </TableCell>
            <TableCell className={mergeClasses(styles.cell, styles.name)}>
              <bdi>{who(job)}</bdi>
            </TableCell>
            <TableCell className={styles.cell}>{moment(job.createdAt)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function AsList({ jobs }: { readonly jobs: readonly Job[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label="Jobs, newest first">
      {jobs.map((job) => (
        <li key={job.id} className={styles.item}>
          <Title job={job} />
          <JobState job={job} />
          <Text size={200} className={styles.quiet}>
            {count(doneOf(job))} of {counted(job.total, 'guest')} · <bdi>{who(job)}</bdi> · {moment(job.createdAt)}
          </Text>
        </li>
      ))}
    </ul>
  );
}

function Title({ job }: { readonly job: Job }) {
  const styles = useStyles();
  return (
    <div className={styles.name}>
      <Link href={placeOf(job)} asChild>
        <FluentLink>
          <bdi>{titleOf(job)}</bdi>
        </FluentLink>
      </Link>
      {job.dryRun === true && <Text className={styles.quiet}> (rehearsal)</Text>}
    </div>
  );
}

const who = ({ submittedBy: { name, id } }: Job): string => name ?? id;
