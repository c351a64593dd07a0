/** Who has redeemed, as the last look found it; who has not may be reminded. */
import { makeStyles, Text, ToggleButton, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Job, Redemption } from '../../../../client/types.ts';
import { hasEnded } from '../../parts/job-words.ts';
import { count, counted, moment } from '../../parts/numbers.ts';
import { REDEMPTIONS } from '../../parts/reset-words.ts';
import { hasAny } from '../../parts/roles.ts';
import { useService } from '../../service/service.tsx';
import { CheckAction } from './job-actions.tsx';
import { permissionsOf } from './permissions.ts';
import { RemindAction } from './remind-action.tsx';
import { ResetItems } from './reset-items.tsx';
import { SaveResults } from '../../parts/save-results.tsx';

const ORDER: readonly Redemption[] = ['pending', 'unknown', 'accepted'];

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginBlock: tokens.spacingVerticalM },
  words: { display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
  button: { whiteSpace: 'nowrap' },
});

interface RedeemedProperties {
  readonly job: Job;
  readonly isGone: boolean;
}

export function Redeemed({ job, isGone }: RedeemedProperties) {
  const styles = useStyles();
  const { me } = useService();
  const may = permissionsOf(job, me);
  const { check } = job;
  if (check === undefined)
    return (
      <div className={styles.words}>
        <Text>
          {hasEnded(job)
            ? 'Nobody has looked yet. A look asks the directory of each guest who was reset whether the invitation was redeemed; it changes nothing.'
            : 'When the job has ended, you can look here who has redeemed, and remind who has not.'}
        </Text>
        {may.check && !isGone && <CheckAction job={job} appearance="primary" />}
      </div>
    );
  const looked = check.counts.pending + check.counts.accepted + check.counts.unknown;
  const isRunning = check.status === 'inProgress';
  return (
    <>
      <Text block>
        {isRunning
          ? `Looking since ${moment(check.requestedAt)}: ${counted(looked, 'guest')} looked at.`
          : `As of ${moment(check.endedAt ?? check.requestedAt)}: ${count(check.counts.accepted)} of ${counted(looked, 'guest')} ${check.counts.accepted === 1 ? 'has' : 'have'} redeemed.`}
      </Text>
      <Found job={job} counts={check.counts} isRunning={isRunning} isGone={isGone} />
    </>
  );
}

interface FoundProperties extends RedeemedProperties {
  readonly counts: NonNullable<Job['check']>['counts'];
  readonly isRunning: boolean;
}

function Found({ job, counts, isRunning, isGone }: FoundProperties) {
  const styles = useStyles();
  const { me } = useService();
  const may = permissionsOf(job, me);
  const [shown, show] = useState<Redemption>('pending');
  const maySubmit = hasAny(me, 'Submit');
  return (
    <>
      <div className={styles.row}>
        {ORDER.map((redemption) => (
          <ToggleButton
            key={redemption}
            size="small"
            className={styles.button}
            checked={shown === redemption}
            onClick={() => show(redemption)}
          >
            {REDEMPTIONS[redemption]} ({count(counts[redemption])})
          </ToggleButton>
        ))}
      </div>
      {!isGone && (
        <div className={styles.row}>
          {maySubmit && !isRunning && counts.pending > 0 && <RemindAction job={job} guests={counts.pending} />}
          {may.check && !isRunning && <CheckAction job={job} />}
          {counts[shown] > 0 && (
            <SaveResults id={job.id} name={`${shown}-${job.id}`} filter={{ redemption: shown }} label="These as CSV" />
          )}
        </div>
      )}
      {counts[shown] === 0 ? (
        <Text>Nobody.</Text>
      ) : (
        <ResetItems
          key={shown}
          id={job.id}
          name={REDEMPTIONS[shown]}
          filter={{ redemption: shown }}
          changes={isRunning}
        />
      )}
    </>
  );
}
