/** One reset in a long list: as high as its words, of which none are cut. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { Reset } from '../../../../client/types.ts';
import { messageOf } from '../../parts/guest-address.ts';
import { GuestName } from '../../parts/guest-name.tsx';
import { count } from '../../parts/numbers.ts';
import { RESET_STATES } from '../../parts/reset-words.ts';

/** How wide the column of the numbers is: the list says so, for all of its rows. */
export const NUMBER = '--row-number';
export const COLUMNS = `var(${NUMBER}) minmax(0, 5fr) 112px minmax(0, 6fr)`;

const useStyles = makeStyles({
  row: {
    position: 'absolute',
    insetInline: 0,
    top: 0,
    boxSizing: 'border-box',
    display: 'grid',
    gridTemplateColumns: COLUMNS,
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'baseline',
    paddingBlock: tokens.spacingVerticalS,
    overflowWrap: 'anywhere',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    '@media (max-width: 640px)': {
      gridTemplateColumns: `var(${NUMBER}) minmax(0, 1fr) auto`,
      '& > :nth-child(4)': { gridColumnStart: 2, gridColumnEnd: -1 },
    },
  },
  // Only while keys go to the list.
  active: { '[role="listbox"]:focus &': { backgroundColor: tokens.colorNeutralBackground1Selected } },
  number: { textAlign: 'right', color: tokens.colorNeutralForeground3 },
  quiet: { color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorPaletteRedForeground1 },
  unknown: { color: tokens.colorPaletteDarkOrangeForeground1 },
});

interface RowProperties {
  readonly id: string;
  readonly reset: Reset | undefined;
  readonly place: { readonly index: number; readonly total: number; readonly start: number };
  readonly measure: (row: HTMLElement | null) => void;
  readonly isActive: boolean;
  readonly onOpen: (reset: Reset) => void;
}

export function Row({ id, reset, place: { index, total, start }, measure, isActive, onOpen }: RowProperties) {
  const styles = useStyles();
  const status = reset?.status;
  return (
    // Keys are the list's own: a row has no focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={measure}
      data-index={index}
      id={id}
      role="option"
      aria-selected={isActive}
      aria-setsize={total}
      aria-posinset={index + 1}
      tabIndex={-1}
      className={mergeClasses(styles.row, isActive && styles.active)}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => reset !== undefined && onOpen(reset)}
    >
      <span className={styles.number}>{count(reset?.row ?? index + 1)}</span>
      <span>{reset === undefined ? '…' : <GuestName reset={reset} />}</span>
      <span className={mergeClasses(status === 'failed' && styles.failed, status === 'unknown' && styles.unknown)}>
        {status === undefined ? '' : RESET_STATES[status].text}
      </span>
      <bdi className={styles.quiet}>{reset && messageOf(reset)}</bdi>
    </div>
  );
}
