/** How fast guests may go now, beside what is allowed, and when Microsoft asked to wait. */
import { makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import type { Tenant } from '../../../../client/types.ts';
import type { OnShown } from '../../parts/kept.ts';
import { limitText } from '../../parts/numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { useService } from '../../service/service.tsx';
import { dayText, DOCUMENTED_PER_SECOND, longWaitText, waitText } from './pace-words.ts';
import { permissionsOf } from './permissions.ts';
import { EndWaitAction } from './tenant-actions.tsx';

const useStyles = makeStyles({
  figures: {
    display: 'grid',
    gridTemplateColumns: '56px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    margin: `${tokens.spacingVerticalM} 0`,
  },
  number: { gridColumn: '1', textAlign: 'right', fontWeight: tokens.fontWeightSemibold },
  what: { gridColumn: '2', gridRow: 'auto', margin: 0, color: tokens.colorNeutralForeground2 },
  words: { display: 'grid', gap: tokens.spacingVerticalS, justifyItems: 'start' },
});

interface PaceProperties {
  readonly tenant: Tenant;
  readonly onShown: OnShown;
}

export function Pace({ tenant, onShown }: PaceProperties) {
  const styles = useStyles();
  const { me } = useService();
  const { perSecond, limitPerSecond, askedToWaitUntil } = tenant.pace;
  const most = Math.max(DOCUMENTED_PER_SECOND, limitPerSecond);
  const day = dayText(tenant.pace);
  return (
    <Panel title="Guests a second">
      <ProgressBar
        thickness="large"
        shape="rounded"
        value={perSecond}
        max={most}
        color={perSecond < limitPerSecond ? 'warning' : 'brand'}
        aria-label={`Guests a second now: at most ${limitText(perSecond)} of ${limitText(most)}`}
      />
      <dl className={styles.figures}>
        <dt className={styles.number}>{limitText(perSecond)}</dt>
        <dd className={styles.what}>at most, now</dd>
        <dt className={styles.number}>{limitText(limitPerSecond)}</dt>
        <dd className={styles.what}>allowed here, as the settings and Microsoft’s limit say</dd>
        <dt className={styles.number}>{limitText(DOCUMENTED_PER_SECOND)}</dt>
        <dd className={styles.what}>Microsoft’s documented limit: 3,000 changes of the directory in 150 seconds</dd>
      </dl>
      <div className={styles.words}>
        <Text>{waitText(tenant.pace)}</Text>
        {askedToWaitUntil !== undefined && <Text>{longWaitText(askedToWaitUntil)}</Text>}
        {permissionsOf(tenant, me).endWait && <EndWaitAction onShown={onShown} />}
        {day !== undefined && <Text>{day}</Text>}
      </div>
    </Panel>
  );
}
