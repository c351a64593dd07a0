/** A long list of resets in a window of its own: one stop of the Tab key, then arrows, Page and End; Enter opens a row. */
import { makeStyles, Text, tokens, useRestoreFocusTarget } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { Failure } from '../../../../client/answer.ts';
import type { Reset } from '../../../../client/types.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { useNarrow } from '../../parts/narrow.ts';
import { count } from '../../parts/numbers.ts';
import { COLUMNS, NUMBER, Row } from './row.tsx';
import { stepped } from './row-keys.ts';

/** Height of the heads of the columns, in pixels. */
const HEAD = 30;
/** As wide as the head of the column. */
const MIN_DIGITS = 4;

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
  const height = useNarrow() ? 76 : 37;
  const id = useId();
  const scroll = useRef<HTMLDivElement>(null);
  const [active, activate] = useState(0);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroll.current,
    // Each is as high as its words, which is found out when it is seen.
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
        style={{ [NUMBER]: `${Math.max(MIN_DIGITS, count(total).length)}ch` } as CSSProperties}
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
          {shown.map(({ index, start }) => (
            <Row
              key={index}
              id={`${id}-${index}`}
              reset={rowAt(index)}
              place={{ index, total, start }}
              measure={virtual.measureElement}
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
