/** What the job is called, how it stands, who submitted it, and what can be done with it. */
import {
  Breadcrumb,
  BreadcrumbButton,
  BreadcrumbDivider,
  BreadcrumbItem,
  Link as FluentLink,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { Link } from 'wouter';
import type { Job } from '../../../../client/types.ts';
import { JobState } from '../../parts/job-state.tsx';
import { titleOf } from '../../parts/job-words.ts';
import { counted, moment } from '../../parts/numbers.ts';
import { PageHeading } from '../../parts/page-heading.tsx';
import { JobActions } from './job-actions.tsx';

const useStyles = makeStyles({
  crumbs: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalSNudge})` },
  line: { marginBlock: 0, overflowWrap: 'anywhere' },
  quiet: { marginBlock: `${tokens.spacingVerticalXS} 0`, color: tokens.colorNeutralForeground2 },
});

export function JobHead({ job, isGone }: { readonly job: Job; readonly isGone: boolean }) {
  const styles = useStyles();
  const { total, submittedBy, createdAt, retryOf, reason } = job;
  const retries = (job.actions ?? []).flatMap(({ newJobId }) => newJobId ?? []);
  return (
    <div>
      <Breadcrumb aria-label="Where this is" size="small" className={styles.crumbs}>
        <BreadcrumbItem>
          <Link href="/jobs" asChild>
            <BreadcrumbButton as="a">Jobs</BreadcrumbButton>
          </Link>
        </BreadcrumbItem>
        <BreadcrumbDivider />
        <BreadcrumbItem>
          <BreadcrumbButton current>Job …{job.id.slice(-6)}</BreadcrumbButton>
        </BreadcrumbItem>
      </Breadcrumb>
      <PageHeading title={titleOf(job)}>
        <JobState job={job} size="large" />
      </PageHeading>
      <Text as="p" block className={styles.line}>
        {/* Without a reason the title says the rest. */}
        {reason === undefined ? 'Submitted by ' : `${counted(total, 'guest')} · submitted by `}
        <bdi>{submittedBy.name ?? submittedBy.id}</bdi>
        {reason !== undefined && ` · ${moment(createdAt)}`}
      </Text>
      {(retryOf !== undefined || retries.length > 0) && (
        <Text as="p" block className={styles.quiet}>
          {retryOf !== undefined && (
            <>
              Tries again what <JobLink id={retryOf}>an earlier job</JobLink> left.{' '}
            </>
          )}
          {retries.map((id, index) => (
            <span key={id}>
              {index === 0 ? 'Tried again by ' : ', '}
              <JobLink id={id}>job …{id.slice(-6)}</JobLink>
            </span>
          ))}
        </Text>
      )}
      {!isGone && <JobActions job={job} />}
    </div>
  );
}

export function JobLink({ id, children }: { readonly id: string; readonly children: React.ReactNode }) {
  return (
    <Link href={`/jobs/${id}`} asChild>
      <FluentLink inline>{children}</FluentLink>
    </Link>
  );
}
