/** How far the job is: percent, a bar in segments, what each of them is, and until when. */
import { makeStyles, Text, tokens, typographyStyles } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Job } from '../../../../client/types.ts';
import { doneOf, hasEnded } from '../../parts/job-words.ts';
import { clock, count, timeLeft } from '../../parts/numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { lastSentOf, percentOf, segmentsOf, tookWords, unansweredWords, type Segment } from './progress.ts';

const FILLS: Readonly<Record<Segment['status'], string>> = {
  succeeded: tokens.colorPaletteGreenBackground3,
  failed: tokens.colorPaletteRedBackground3,
  unknown: tokens.colorPaletteDarkOrangeBackground3,
  skipped: tokens.colorNeutralForeground3,
  // Hatched: it must not be taken for what was skipped.
  canceled: `repeating-linear-gradient(135deg, ${tokens.colorNeutralStrokeAccessible} 0 2px, ${tokens.colorNeutralBackground1} 2px 5px)`,
  sending: tokens.colorCompoundBrandBackground,
  pending: 'transparent',
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
  unanswered: { marginBlock: `${tokens.spacingVerticalM} 0` },
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
  const words = `${count(doneOf(job))} of ${count(job.total)} done`;
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
          <div key={status} className={styles.segment} style={{ flexGrow: many, background: FILLS[status] }} />
        ))}
      </div>
      <ul className={styles.counts} aria-label="How the guests stand">
        {segments.map(({ status, text, count: many }) => (
          <li key={status} className={styles.item}>
            <span className={styles.swatch} style={{ background: FILLS[status] }} />
            <Text weight="semibold">{count(many)}</Text>
            <Text>{text}</Text>
          </li>
        ))}
      </ul>
      <Unanswered job={job} />
    </Panel>
  );
}

/** The estimate while it runs; how long it took when it has ended. */
function Until({ job }: { readonly job: Job }) {
  const { estimatedCompletion } = job;
  if (hasEnded(job)) return <Text>{tookWords(job)}</Text>;
  const last = lastSentOf(job);
  if (last > 0) return <Text>{last === 1 ? 'The last one is' : `The last ${count(last)} are`} on their way</Text>;
  if (estimatedCompletion === undefined) return null;
  return (
    <Text>
      <Text weight="semibold">About {timeLeft(estimatedCompletion)} left</Text> · ends near {clock(estimatedCompletion)}
    </Text>
  );
}

/** An answer of Microsoft takes less, as a rule. */
const LATE_MS = 10_000;

/** Said once the last ones have stood on their way for a while. */
function Unanswered({ job }: { readonly job: Job }) {
  const { unanswered } = useStyles();
  const last = lastSentOf(job);
  const [late, setLate] = useState(0);
  useEffect(() => {
    if (last === 0) return undefined;
    const timer = setTimeout(() => setLate(last), LATE_MS);
    return () => clearTimeout(timer);
  }, [last]);
  if (last === 0 || late < last) return null;
  return (
    <Text as="p" block className={unanswered}>
      {unansweredWords(last)}
    </Text>
  );
}
