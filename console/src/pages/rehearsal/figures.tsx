/** One bar and its figures. */
import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Tenant } from '../../../../client/types.ts';
import { Panel } from '../../parts/panel.tsx';
import { count, duration } from '../../parts/numbers.ts';
import { useAnswer } from '../../service/answers.ts';
import { languagesOf } from './languages.ts';
import type { Outcome } from './outcome.ts';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    height: '10px',
    overflow: 'hidden',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground5,
  },
  part: { minWidth: '3px' },
  would: { backgroundColor: tokens.colorStatusSuccessBackground3 },
  look: { backgroundColor: tokens.colorStatusWarningBackground3 },
  skipped: { backgroundColor: tokens.colorNeutralForeground4 },
  cannot: { backgroundColor: tokens.colorStatusDangerBackground3 },
  notLooked: { backgroundColor: tokens.colorNeutralStroke1 },
  figures: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalXXL,
    rowGap: tokens.spacingVerticalS,
    marginTop: tokens.spacingVerticalM,
  },
  languages: { marginTop: tokens.spacingVerticalS },
  figure: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  dot: { width: '10px', height: '10px', flexShrink: 0, borderRadius: '50%' },
});

/** So many rows are looked at for the languages. */
const LOOKED_AT = 1_000;

interface FiguresProperties {
  readonly id: string;
  readonly outcome: Outcome;
  readonly tenant: Tenant | undefined;
  /** Neither rows nor settings say whether Microsoft mails. */
  readonly mailIsOpen: boolean;
}

export function Figures({ id, outcome, tenant, mailIsOpen }: FiguresProperties) {
  const styles = useStyles();
  const { would, cannot, skipped, notLooked, lookFirst, isLookFirstExact, mails, newAddresses } = outcome;
  const parts = [
    [would - lookFirst, styles.would],
    [lookFirst, styles.look],
    [skipped, styles.skipped],
    [cannot, styles.cannot],
    [notLooked, styles.notLooked],
  ] as const;
  const perSecond = tenant?.pace.perSecond ?? 0;
  return (
    <Panel>
      <div className={styles.bar} aria-hidden>
        {parts.map(
          ([number, color], index) =>
            number > 0 && <div key={index} className={mergeClasses(styles.part, color)} style={{ flexGrow: number }} />,
        )}
      </div>
      <div className={styles.figures}>
        <Figure value={count(would)} color={styles.would}>
          would be reset
        </Figure>
        {lookFirst > 0 && (
          <Figure value={isLookFirstExact ? count(lookFirst) : `Up to ${count(lookFirst)}`} color={styles.look}>
            of them: look first
          </Figure>
        )}
        {skipped > 0 && (
          <Figure value={count(skipped)} color={styles.skipped}>
            would be skipped
          </Figure>
        )}
        <Figure value={count(cannot)} color={styles.cannot}>
          cannot be reset
        </Figure>
        {notLooked > 0 && (
          <Figure value={count(notLooked)} color={styles.notLooked}>
            not looked up
          </Figure>
        )}
        <Figure value={count(mails)}>
          {mails === 1 ? 'mail' : 'mails'} from Microsoft{mailIsOpen && ', if mail is chosen'}
        </Figure>
        <Figure value={count(newAddresses)}>{newAddresses === 1 ? 'gets' : 'get'} a new address</Figure>
        {would > 0 && perSecond > 0 && (
          <Figure value={duration(Math.max(1_000, (would / perSecond) * 1_000))}>
            to run, at the tenant’s pace now
          </Figure>
        )}
      </div>
      {mails > 0 && <Languages id={id} would={would} />}
    </Panel>
  );
}

/** The service does not count them: of a long list they are told of the first mails. */
function Languages({ id, would }: { readonly id: string; readonly would: number }) {
  const styles = useStyles();
  const { data } = useAnswer(['languages', id], (client) =>
    client.resetPage(id, { code: 'wouldReset', pageSize: LOOKED_AT }),
  );
  const looked = data?.value.value ?? [];
  const languages = languagesOf(looked);
  if (languages === '') return null;
  return (
    <Text block size={200} className={styles.languages}>
      Languages of the mails{looked.length < would && ` to the first ${count(looked.length)} guests`}: {languages}.
    </Text>
  );
}

interface FigureProperties {
  readonly value: string;
  readonly color?: string;
  readonly children: ReactNode;
}

function Figure({ value, color, children }: FigureProperties) {
  const styles = useStyles();
  return (
    <div className={styles.figure}>
      {color !== undefined && <span aria-hidden className={mergeClasses(styles.dot, color)} />}
      <Text>
        <Text weight="semibold">{value}</Text> {children}
      </Text>
    </div>
  );
}
