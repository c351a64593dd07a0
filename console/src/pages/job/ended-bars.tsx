/** Of a job that has ended: who canceled it, and where the links are for guests without a mail. */
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Job } from '../../../../client/types.ts';
import { doerOf } from '../../parts/deeds.ts';
import { wasCanceled } from '../../parts/job-words.ts';
import { count, counted, moment } from '../../parts/numbers.ts';
import { useService } from '../../service/service.tsx';
import { linksWords } from './links-words.ts';

const useStyles = makeStyles({ words: { overflowWrap: 'anywhere' } });

/** By whom, when, and what that left. */
export function Canceled({ job }: { readonly job: Job }) {
  const { words } = useStyles();
  const { canceled, counts } = job;
  if (canceled === undefined || !wasCanceled(job)) return null;
  return (
    <MessageBar layout="multiline">
      <MessageBarBody className={words}>
        <MessageBarTitle>
          <bdi>{cancelerOf(job, canceled)}</bdi>, {moment(canceled.requestedAt)}.
        </MessageBarTitle>{' '}
        {counted(counts.canceled, 'guest')} {counts.canceled === 1 ? 'was left as it is' : 'were left as they are'};{' '}
        {count(counts.succeeded)} had been reset before.
      </MessageBarBody>
    </MessageBar>
  );
}

function cancelerOf({ actions = [] }: Job, { by, code }: NonNullable<Job['canceled']>): string {
  if (code === 'notAfterPassed') return 'The time came after which nothing was to be sent';
  const deed = actions.findLast(({ action }) => action === 'canceled');
  return `Canceled by ${deed === undefined ? by : doerOf(deed)}`;
}

export function Links({ job }: { readonly job: Job }) {
  const { words } = useStyles();
  const { me } = useService();
  const links = linksWords(job, me);
  if (links === undefined) return null;
  return (
    <MessageBar layout="multiline">
      <MessageBarBody className={words}>
        <MessageBarTitle>{links.title}</MessageBarTitle> {links.text}
      </MessageBarBody>
    </MessageBar>
  );
}
