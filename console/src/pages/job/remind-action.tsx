/**
 * Reminds who has not redeemed: their rows are submitted again as a job of its own, for whoever is pending then. A retry
 * takes nobody who was reset.
 */
import { Text } from '@fluentui/react-components';
import { Mail16Regular } from '@fluentui/react-icons';
import { useRef, useState } from 'react';
import type { Answer } from '../../../../client/answer.ts';
import type { Client } from '../../../../client/client.ts';
import type { Job } from '../../../../client/types.ts';
import { AskDialog, NoWayBack } from '../../parts/ask-dialog.tsx';
import type { Said } from '../../parts/asking.ts';
import { placeOf } from '../../parts/job-words.ts';
import { count, counted } from '../../parts/numbers.ts';
import { blobOf } from '../../parts/save-file.ts';
import { useService } from '../../service/service.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { remindedWords, reminderOf, usualReason } from './reminder.ts';
import { isDuplicate, wordsOfDuplicate } from './retry-action.tsx';

export function RemindAction({ job, guests }: { readonly job: Job; readonly guests: number }) {
  const { client } = useService();
  const [now] = useState(() => Date.now());
  // The same bytes under the same key, however often it is sent.
  const list = useRef<{ readonly key: string; readonly rows: Blob; readonly at: number }>(undefined);

  async function remind({ key, reason, failed }: Said): Promise<Answer<Job>> {
    if (list.current?.key !== key) {
      const rows = await rowsOf(client, job.id);
      if (rows.kind !== 'answered') return rows;
      list.current = { key, rows: rows.value, at: Date.now() };
    }
    const { rows, at } = list.current;
    const query = { ...reminderOf(job, reason, at), allowDuplicate: isDuplicate(failed) };
    return client.submit({ type: 'text/csv', open: () => rows }, query, key);
  }
  return (
    <AskDialog
      trigger={
        <ActionButton appearance="primary" icon={<Mail16Regular />}>
          Remind those who have not
        </ActionButton>
      }
      title={`Remind ${counted(guests, 'guest')}?`}
      action={`Remind ${count(guests)}`}
      guests={guests}
      reason="Reason or ticket"
      usualReason={usualReason(job)}
      act={remind}
      leadsTo={({ value }) => placeOf(value)}
      onRefused={wordsOfDuplicate}
    >
      <Text>
        Microsoft mails a new invitation to each guest who has not redeemed by then, as a job of its own. Whoever
        redeems meanwhile is skipped, and nothing is taken from them. {remindedWords(job, now)}
      </Text>
      <NoWayBack>A mail cannot be taken back.</NoWayBack>
    </AskDialog>
  );
}

const rowsOf = async (client: Client, id: string): Promise<Answer<Blob>> =>
  blobOf(await client.exportResets(id, { redemption: 'pending', format: 'csv' }));
