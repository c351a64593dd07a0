/** How far the job is: percent, a bar in segments, what each of them is, and until when. */
import { makeStyles, Text, tokens, typographyStyles } from '@fluentui/react-components';
import type { Job } from '../../../../client/types.ts';
import { hasEnded } from '../../parts/job-words.ts';
import { clock, count, timeLeft } from '../../parts/numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { percentOf, segmentsOf, tookWords, type Segment } from './progress.ts';

const COLORS: Readonly<Record<Segment['status'], string>> = {
  succeeded: tokens.colorPaletteGreenBackground3,
  failed: tokens.colorPaletteRedBackground3,
  unknown: tokens.colorPaletteDarkOrangeBackground3,
  skipped: tokens.colorNeutralForeground3,
  canceled: tokens.colorNeutralStrokeAccessible,
  pending: 'transparent',
  sending: 'transparent',
  waiting: 'transparent',
};

const useStyles = makeStyles({
  top: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalL,
  },
  percent: { ...typographyStyles.title2, marginRight: tokens.spacingHorizontalM },
  bar: {
    display: 'flex',
    height: '12px',
    marginBlock: tokens.spacingVerticalM,
    borderRadius: tokens.borderRadiusCircular,
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground5,
    outline: `1px solid ${tokens.colorTransparentStroke}`,
  },
  segment: { minWidth: '3px', transitionProperty: 'flex-grow', transitionDuration: tokens.durationNormal },
  counts: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalXXL,
    rowGap: tokens.spacingVerticalXS,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
  },
  item: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalSNudge, whiteSpace: 'nowrap' },
  swatch: {
    width: '12px',
    height: '12px',
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusSmall,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
  },
});

export function Progress({ job }: { readonly job: Job }) {
  const styles = useStyles();
  const percent = percentOf(job);
  const segments = segmentsOf(job);
  const words = `${count(job.done)} of ${count(job.total)} done`;
  return (
    <Panel>
      <div className={styles.top}>
        <div>
          <Text className={styles.percent}>{percent} %</Text>
          <Text>{words}</Text>
        </div>
        <Until job={job} />
      </div>
      <div
        role="progressbar"
        aria-label="Guests done"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={words}
        className={styles.bar}
      >
        {segments.map(({ status, count: many }) => (
          <div key={status} className={styles.segment} style={{ flexGrow: many, backgroundColor: COLORS[status] }} />
        ))}
      </div>
      <ul className={styles.counts} aria-label="How the guests stand">
        {segments.map(({ status, text, count: many }) => (
          <li key={status} className={styles.item}>
            <span className={styles.swatch} style={{ backgroundColor: COLORS[status] }} />
            <Text weight="semibold">{count(many)}</Text>
            <Text>{text}</Text>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The estimate while it runs; how long it took when it has ended. */
function Until({ job }: { readonly job: Job }) {
  const { estimatedCompletion } = job;
  if (hasEnded(job)) return <Text>{tookWords(job)}</Text>;
  if (estimatedCompletion === undefined) return null;
  return (
    <Text>
      <Text weight="semibold">About {timeLeft(estimatedCompletion)} left</Text> · ends near {clock(estimatedCompletion)}
    </Text>
  );
}
