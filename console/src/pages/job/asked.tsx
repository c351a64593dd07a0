import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import type { Job } from '../../../../client/types.ts';
import { Panel } from '../../parts/panel.tsx';
import { askedFor } from './options-words.ts';

const useStyles = makeStyles({
  list: {
    ...typographyStyles.caption1,
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalSNudge,
    margin: 0,
  },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, overflowWrap: 'anywhere' },
});

export function Asked({ job }: { readonly job: Job }) {
  const styles = useStyles();
  return (
    <Panel title="What was asked for">
      <dl className={styles.list}>
        {[...askedFor(job), ['Job', job.id] as const].map(([name, value]) => (
          <Pair key={name} name={name} value={value} styles={styles} />
        ))}
      </dl>
    </Panel>
  );
}

interface PairProperties {
  readonly name: string;
  readonly value: string;
  readonly styles: ReturnType<typeof useStyles>;
}

const Pair = ({ name, value, styles }: PairProperties) => (
  <>
    <dt className={styles.name}>{name}</dt>
    <dd className={styles.value}>{value}</dd>
  </>
);
