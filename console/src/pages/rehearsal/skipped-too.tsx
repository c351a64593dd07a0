/** Who was reset a short time ago is skipped, unless it is said that they shall be reset again. */
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Job } from '../../../../client/types.ts';
import { rehearsedWith } from '../../list/choices.ts';
import type { KeptList } from '../../list/store.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { counted } from '../../parts/numbers.ts';
import type { Outcome } from './outcome.ts';
import { useAgain } from './use-again.ts';

const useStyles = makeStyles({
  sheet: { display: 'grid', gap: tokens.spacingVerticalS, gridTemplateColumns: 'minmax(0, 1fr)' },
  button: { justifySelf: 'start' },
});

interface SkippedTooProperties {
  readonly job: Job;
  readonly outcome: Pick<Outcome, 'recent'>;
  readonly kept: KeptList;
}

export function SkippedToo({ job, outcome: { recent }, kept }: SkippedTooProperties) {
  const styles = useStyles();
  const { isBusy, failure, again } = useAgain(kept);
  const { skipIfResetWithinHours: hours } = job.options;
  const { skipIfResetWithinHours: _hours, ...others } = rehearsedWith(job);
  if (hours > 0 && recent === 0) return null;
  return (
    <div className={styles.sheet}>
      <Text>
        {hours > 0
          ? `${counted(recent, 'guest')} would be skipped: reset or invited within ${counted(hours, 'hour')} before, or since.`
          : 'Who was reset a short time ago is reset again.'}
      </Text>
      <Button
        size="small"
        className={styles.button}
        disabledFocusable={isBusy}
        onClick={() => again(hours > 0 ? { ...others, skipIfResetWithinHours: 0 } : others)}
      >
        {hours > 0 ? 'Reset these too: rehearse again' : 'Skip these: rehearse again'}
      </Button>
      {failure !== undefined && <FailureBar failure={failure} title="It was not rehearsed" />}
    </div>
  );
}
