/** A long list of resets in a window of its own: one stop of the Tab key, then arrows, Page and End; Enter opens a row. */
import { makeStyles, mergeClasses, Text, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import type { Failure } from '../../../../client/answer.ts';
import type { Reset } from '../../../../client/types.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { GuestName } from '../../parts/guest-name.tsx';
import { useNarrow } from '../../parts/narrow.ts';
import { count } from '../../parts/numbers.ts';
import { RESET_STATES } from '../../parts/reset-words.ts';
import { stepped } from './row-keys.ts';

/** Height of the heads of the columns, in pixels. */
const HEAD = 30;
const COLUMNS = '72px minmax(0, 5fr) 112px minmax(0, 6fr)';

const useStyles = makeStyles({
  head: {
    display: 'grid',
    gridTemplateColumns: COLUMNS,
    columnGap: tokens.spacingHorizontalM,
    position: 'sticky',
    top: 0,
    zIndex: 1,
    boxSizing: 'border-box',
    height: `${HEAD}px`,
    alignItems: 'center',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground2,
    '@media (max-width: 640px)': { display: 'none' },
  },
  scroll: {
    maxHeight: 'min(600px, 70vh)',
    overflowY: 'auto',
    overflowX: 'hidden',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
  },
  all: { position: 'relative', width: '100%' },
  row: {
    position: 'absolute',
    insetInline: 0,
    top: 0,
    boxSizing: 'border-box',
    display: 'grid',
    gridTemplateColumns: COLUMNS,
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'center',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    '@media (max-width: 640px)': {
      gridTemplateColumns: '56px minmax(0, 1fr) auto',
      gridTemplateRows: 'auto auto',
      alignContent: 'center',
      '& > :nth-child(4)': { gridColumnStart: 2, gridColumnEnd: -1 },
    },
  },
  // Only while keys go to the list.
  active: { '[role="listbox"]:focus &': { backgroundColor: tokens.colorNeutralBackground1Selected } },
  number: { textAlign: 'right', color: tokens.colorNeutralForeground3 },
  cut: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorPaletteRedForeground1 },
  unknown: { color: tokens.colorPaletteDarkOrangeForeground1 },
});

interface RowListProperties {
  readonly name: string;
  readonly total: number;
  /** Undefined where it has not come yet. */
  readonly rowAt: (index: number) => Reset | undefined;
  /** Told which ones are seen, first and last; the same function each time. */
  readonly onSee: (seen: readonly [number, number]) => void;
  readonly onOpen: (reset: Reset) => void;
  readonly failure: Failure | undefined;
  readonly onAgain: () => void;
}

export function RowList({ name, total, rowAt, onSee, onOpen, failure, onAgain }: RowListProperties) {
  const styles = useStyles();
  const height = useNarrow() ? 60 : 40;
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const [active, activate] = useState(0);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 10,
    scrollPaddingStart: HEAD,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  const shown = virtual.getVirtualItems();
  const [first, last] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0];
  useEffect(() => onSee([first, last]), [onSee, first, last]);

  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter') {
      // Or the same press would close what it opens: the focus goes to a button there.
      event.preventDefault();
      const reset = rowAt(active);
      if (reset !== undefined) onOpen(reset);
    }
    const next = stepped(event.key, active, total, Math.max(1, last - first - 20));
    if (next === undefined) return;
    event.preventDefault();
    activate(next);
    virtual.scrollToIndex(next);
  }
  return (
    <>
      {failure !== undefined && <FailureBar failure={failure} title="Some rows cannot be shown" onAgain={onAgain} />}
      <div
        ref={scroll}
        {...useRestoreFocusTarget()}
        role="listbox"
        aria-label={`${name}, ${count(total)} rows`}
        aria-activedescendant={active >= first && active <= last ? `${id}-${active}` : undefined}
        tabIndex={0}
        className={styles.scroll}
        onKeyDown={press}
      >
        <div className={styles.head} aria-hidden>
          <Text size={200} align="end">
            Row
          </Text>
          <Text size={200}>Guest</Text>
          <Text size={200}>State</Text>
          <Text size={200}>Message</Text>
        </div>
        <div className={styles.all} role="presentation" style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, start, size }) => (
            <Row
              key={index}
              id={`${id}-${index}`}
              reset={rowAt(index)}
              place={{ index, total, start, size }}
              isActive={index === active}
              onOpen={(reset) => {
                activate(index);
                onOpen(reset);
              }}
            />
          ))}
        </div>
      </div>
    </>
  );
}

interface RowProperties {
  readonly id: string;
  readonly reset: Reset | undefined;
  readonly place: { readonly index: number; readonly total: number; readonly start: number; readonly size: number };
  readonly isActive: boolean;
  readonly onOpen: (reset: Reset) => void;
}

function Row({ id, reset, place: { index, total, start, size }, isActive, onOpen }: RowProperties) {
  const styles = useStyles();
  const status = reset?.status;
  return (
    // Keys are the list's own: a row has no focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      aria-setsize={total}
      aria-posinset={index + 1}
      tabIndex={-1}
      className={mergeClasses(styles.row, isActive && styles.active)}
      style={{ height: size, transform: `translateY(${start}px)` }}
      onClick={() => reset !== undefined && onOpen(reset)}
    >
      <span className={styles.number}>{count(reset?.row ?? index + 1)}</span>
      <span className={styles.cut}>{reset === undefined ? '…' : <GuestName reset={reset} />}</span>
      <span className={mergeClasses(status === 'failed' && styles.failed, status === 'unknown' && styles.unknown)}>
        {status === undefined ? '' : RESET_STATES[status].text}
      </span>
      <span className={mergeClasses(styles.cut, styles.quiet)}>{reset?.message ?? ''}</span>
    </div>
  );
}
