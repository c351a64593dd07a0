/** Whom the rehearsal found what of, in four groups; each cause opens to its guests. */
import { Button, makeStyles, mergeClasses, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { ChevronDown16Regular, ChevronRight16Regular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import { Panel } from '../../parts/panel.tsx';
import { count } from '../../parts/numbers.ts';
import { CauseGuests } from './cause-guests.tsx';
import type { Cause, Outcome } from './outcome.ts';

const useStyles = makeStyles({
  groups: { display: 'grid', gap: tokens.spacingVerticalXL, gridTemplateColumns: 'minmax(0, 1fr)' },
  heading: { display: 'flex', alignItems: 'baseline', columnGap: tokens.spacingHorizontalS },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    display: 'grid',
    gridTemplateColumns: '56px minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'center',
    padding: `${tokens.spacingVerticalSNudge} 0`,
    overflowWrap: 'anywhere',
    '@media (max-width: 640px)': { gridTemplateColumns: '48px minmax(0, 1fr) auto' },
  },
  number: { textAlign: 'right', fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  guests: {
    gridColumnStart: 2,
    gridColumnEnd: -1,
    minWidth: 0,
    paddingBottom: tokens.spacingVerticalS,
    '@media (max-width: 640px)': { gridColumnStart: 1 },
  },
  nowrap: { whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export type Kind = 'cannot' | 'skipped' | 'lookFirst' | 'would';

interface CausesProperties {
  readonly id: string;
  readonly outcome: Outcome;
  readonly hasList: boolean;
}

export function Causes({ id, outcome, hasList }: CausesProperties) {
  const styles = useStyles();
  const { would, cannot, skipped, causes, skips, warnings } = outcome;
  const all: Cause = { code: 'wouldReset', count: would, meaning: 'Every guest who would be reset.' };
  const groups = [
    { kind: 'cannot', title: 'Cannot be reset', number: count(cannot), causes },
    ...(skipped > 0
      ? [{ kind: 'skipped', title: 'Would be skipped', number: count(skipped), causes: skips } as const]
      : []),
    { kind: 'lookFirst', title: 'Look first', number: '', causes: warnings },
    { kind: 'would', title: 'Would be reset', number: count(would), causes: would > 0 ? [all] : [] },
  ] as const;
  return (
    <Panel title="By cause">
      <div className={styles.groups}>
        {groups.map(({ kind, title, number, causes: ofGroup }) => (
          <section key={kind} aria-label={title}>
            <div className={styles.heading}>
              <Subtitle2 as="h3">{title}</Subtitle2>
              <Text>{number}</Text>
            </div>
            {ofGroup.length === 0 ? (
              <Text className={styles.quiet}>Nobody.</Text>
            ) : (
              <ul className={styles.list}>
                {ofGroup.map((cause) => (
                  <CauseRow key={cause.code} id={id} kind={kind} cause={cause} hasList={hasList} />
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
    </Panel>
  );
}

interface CauseRowProperties {
  readonly id: string;
  readonly kind: Kind;
  readonly cause: Cause;
  readonly hasList: boolean;
}

function CauseRow({ id, kind, cause, hasList }: CauseRowProperties) {
  const styles = useStyles();
  const [isOpen, open] = useState(false);
  const words = useId();
  const button = useId();
  return (
    <li className={styles.row}>
      <span className={styles.number}>{count(cause.count)}</span>
      <span id={words}>{cause.meaning}</span>
      <Button
        id={button}
        size="small"
        appearance="subtle"
        className={mergeClasses(styles.nowrap)}
        icon={isOpen ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
        iconPosition="after"
        aria-expanded={isOpen}
        aria-labelledby={`${button} ${words}`}
        onClick={() => open(!isOpen)}
      >
        {isOpen ? 'Hide' : 'Show'}
      </Button>
      {isOpen && (
        <div className={styles.guests}>
          <CauseGuests id={id} kind={kind} cause={cause} hasList={hasList} />
        </div>
      )}
    </li>
  );
}
