/** How fast invitations go out, beside how fast they may: a chart, and the same as a table. */
import { Link, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useEffect, useMemo, useState } from 'react';
import type { Job, JobRate } from '../../../../client/types.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { fetched } from '../../parts/fetched.tsx';
import { FetchedPart } from '../../parts/fetched-part.tsx';
import { hasEnded } from '../../parts/job-words.ts';
import { counted, limitText } from '../../parts/numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { useAnswer } from '../../service/answers.ts';
import { rateChartOf, rateText } from './rate-points.ts';
import { RateTable } from './rate-table.tsx';

const [Chart, fetchChart] = fetched(() => import('./rate-chart.tsx'));

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column' },
  top: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalL,
    color: tokens.colorNeutralForeground2,
    marginBottom: tokens.spacingVerticalS,
  },
  picture: { minHeight: '200px' },
});

export function Rate({ job }: { readonly job: Job }) {
  const styles = useStyles();
  const { data, error, refetch } = useAnswer(['job', job.id, 'rate'], (client) => client.rate(job.id), {
    changes: () => !hasEnded(job),
  });
  const rate = data?.value;
  // Not when the first reset has ended: the line may be lost by then.
  useEffect(fetchChart, []);
  return (
    <Panel title="Invitations a second" className={styles.panel}>
      {error !== null && rate === undefined && (
        <FailureBar failure={error.failure} title="The rate cannot be shown" onAgain={() => void refetch()} />
      )}
      {rate === undefined && error === null && <Spinner size="small" label="The rate is on its way" />}
      {rate !== undefined && <Shown rate={rate} job={job} />}
    </Panel>
  );
}

function Shown({ rate, job }: { readonly rate: JobRate; readonly job: Job }) {
  const styles = useStyles();
  const [isTable, showTable] = useState(false);
  const chart = useMemo(() => rateChartOf(rate), [rate]);
  const { limitPerSecond, untimed = 0 } = rate;
  if (chart === undefined || (untimed > 0 && chart.points.length === 0))
    return <Text className={styles.top}>A version before this one ran this job: it kept no time of what it sent.</Text>;
  const most = Math.max(0, ...chart.points.map(({ perSecond }) => perSecond));
  const last = chart.points.at(-1);
  if (last === undefined || most === 0)
    return (
      <Text className={styles.top}>
        {hasEnded(job)
          ? 'Nothing was sent.'
          : `Nothing is sent yet. ${limitText(limitPerSecond)} a second are allowed.`}
      </Text>
    );
  return (
    <>
      <div className={styles.top}>
        <Text size={200}>
          {job.status === 'inProgress' ? `now ${rateText(last.perSecond)}` : `at most ${rateText(most)}`} · allowed{' '}
          {limitText(limitPerSecond)} (dashed)
          {chart.waits.length > 0 && ' · shaded: Microsoft asked to wait'}
        </Text>
        <Link as="button" onClick={() => showTable(!isTable)}>
          {isTable ? 'As a chart' : 'As a table'}
        </Link>
      </div>
      {isTable ? (
        <RateTable chart={chart} />
      ) : (
        <div className={styles.picture}>
          <FetchedPart what="chart">
            <Chart chart={chart} limitPerSecond={limitPerSecond} />
          </FetchedPart>
        </div>
      )}
      {untimed > 0 && <Text size={200}>{counted(untimed, 'reset')} more ended of which no time is kept.</Text>}
    </>
  );
}
