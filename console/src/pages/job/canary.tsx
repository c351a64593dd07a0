/** How the first guests ended, beside the choice whether the others follow. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Job } from '../../../../client/types.ts';
import { count, counted } from '../../parts/numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { useService } from '../../service/service.tsx';
import { CancelAction, ResumeAction } from './job-actions.tsx';
import { permissionsOf } from './permissions.ts';
import { ResetItems } from './reset-items.tsx';

const useStyles = makeStyles({
  choice: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM, marginBlock: tokens.spacingVerticalM },
});

export function Canary({ job }: { readonly job: Job }) {
  const { choice } = useStyles();
  const { me } = useService();
  const may = permissionsOf(job, me);
  const first = job.pauseAfter ?? job.done;
  const { counts } = job;
  return (
    <Panel title={`The first ${counted(first, 'guest')} ${first === 1 ? 'has' : 'have'} ended: go on, or stop here?`}>
      <Text block>
        {count(counts.succeeded)} reset, {count(counts.failed)} failed, {count(counts.unknown)} cannot be told,{' '}
        {count(counts.skipped)} skipped. {adviceOf(job)} {counted(job.total - job.done, 'guest')}{' '}
        {job.total - job.done === 1 ? 'waits' : 'wait'}; none of them is reset or mailed before you choose.
      </Text>
      <div className={choice}>
        {may.resume && <ResumeAction job={job} appearance="primary" />}
        {may.cancel && <CancelAction job={job} label="Stop here" appearance="secondary" />}
        {!may.resume && <Text>Going on is for who submitted it, or somebody with the role Manage.</Text>}
      </div>
      <ResetItems id={job.id} name="The first guests" filter={{ from: 1 }} most={first} />
    </Panel>
  );
}

function adviceOf({ counts, options }: Pick<Job, 'counts' | 'options'>): string {
  if (counts.failed + counts.unknown > 0) return 'Look at why before you go on.';
  if (counts.succeeded === 0) return 'Nobody of these was reset, so they prove nothing yet.';
  return options.sendInvitationMessage === false
    ? 'Open one of them below, give the guest the redeem link, and see whether it works.'
    : 'Ask one of them whether the mail came.';
}
