/** Whom the rehearsal found what of, in four groups; each cause opens to its guests. */
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { KeptList } from '../../list/store.ts';
import { Panel } from '../../parts/panel.tsx';
import { count } from '../../parts/numbers.ts';
import { CauseGuests } from './cause-guests.tsx';
import type { Cause, Outcome } from './outcome.ts';

const useStyles = makeStyles({
  groups: { display: 'grid', gap: tokens.spacingVerticalXL, gridTemplateColumns: 'minmax(0, 1fr)' },
  heading: { display: 'flex', alignItems: 'baseline', columnGap: tokens.spacingHorizontalS },
  item: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, ':first-child': { borderTopStyle: 'none' } },
  /** The whole line opens it. */
  line: {
    display: 'grid',
    gridTemplateColumns: '56px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    width: '100%',
    paddingBlock: tokens.spacingVerticalXS,
    textAlign: 'left',
    overflowWrap: 'anywhere',
    '@media (max-width: 640px)': { gridTemplateColumns: '48px minmax(0, 1fr)' },
  },
  header: { paddingLeft: 0 },
  number: { textAlign: 'right', fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  guests: {
    minWidth: 0,
    margin: `0 0 ${tokens.spacingVerticalM} calc(56px + ${tokens.spacingHorizontalM})`,
    '@media (max-width: 640px)': { marginLeft: 0 },
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export type Kind = 'cannot' | 'skipped' | 'notLooked' | 'lookFirst' | 'would';

interface CausesProperties {
  readonly id: string;
  readonly outcome: Outcome;
  readonly kept: KeptList | undefined;
}

export function Causes({ id, outcome, kept }: CausesProperties) {
  const styles = useStyles();
  const { would, cannot, skipped, notLooked, causes, skips, warnings } = outcome;
  const all: Cause = { code: 'wouldReset', count: would, meaning: 'Every guest who would be reset.' };
  const rest: Cause = { code: 'canceled', count: notLooked, meaning: 'The rehearsal was stopped before these.' };
  const groups = [
    { kind: 'cannot', title: 'Cannot be reset', number: count(cannot), causes },
    ...(skipped > 0
      ? [{ kind: 'skipped', title: 'Would be skipped', number: count(skipped), causes: skips } as const]
      : []),
    ...(notLooked > 0
      ? [{ kind: 'notLooked', title: 'Not looked up', number: count(notLooked), causes: [rest] } as const]
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
              <Accordion multiple collapsible>
                {ofGroup.map((cause) => (
                  <CauseItem key={cause.code} id={id} kind={kind} cause={cause} kept={kept} />
                ))}
              </Accordion>
            )}
          </section>
        ))}
      </div>
    </Panel>
  );
}

interface CauseItemProperties {
  readonly id: string;
  readonly kind: Kind;
  readonly cause: Cause;
  readonly kept: KeptList | undefined;
}

function CauseItem({ id, kind, cause, kept }: CauseItemProperties) {
  const styles = useStyles();
  return (
    <AccordionItem value={cause.code} className={styles.item}>
      <AccordionHeader as="h4" expandIconPosition="end" button={{ className: styles.header }}>
        <span className={styles.line}>
          <span className={styles.number}>{count(cause.count)}</span>
          <span>{cause.meaning}</span>
        </span>
      </AccordionHeader>
      <AccordionPanel className={styles.guests}>
        <CauseGuests id={id} kind={kind} cause={cause} kept={kept} />
      </AccordionPanel>
    </AccordionItem>
  );
}
