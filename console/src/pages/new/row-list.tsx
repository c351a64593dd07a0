/** All rows of the list. Only those in sight are there. */
import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { EditRegular } from '@fluentui/react-icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { GuestList } from '../../list/guest-list.ts';
import { NamedId } from '../../parts/guest-name.tsx';
import { count } from '../../parts/numbers.ts';
import { RowEditor } from './row-editor.tsx';

const ROW_PIXELS = 36;
const useStyles = makeStyles({
  box: { maxHeight: '432px', overflowY: 'auto', overflowX: 'hidden', position: 'relative' },
  row: { position: 'absolute', top: 0, left: 0, width: '100%' },
  cells: {
    boxSizing: 'border-box',
    display: 'grid',
    gridTemplateColumns: '56px minmax(0, 2fr) minmax(0, 3fr) 32px',
    columnGap: tokens.spacingHorizontalM,
    alignItems: 'center',
    height: `${ROW_PIXELS}px`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 640px)': { gridTemplateColumns: '40px minmax(0, 1fr) 32px' },
  },
  number: { textAlign: 'right', color: tokens.colorNeutralForeground3, fontVariantNumeric: 'tabular-nums' },
  // A row is one line.
  name: { '& > bdi': { display: 'inline' } },
  cell: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  rest: { color: tokens.colorNeutralForeground3, '@media (max-width: 640px)': { display: 'none' } },
});

interface RowListProperties {
  readonly list: GuestList;
  readonly onEdit: (row: number, cells: readonly string[]) => void;
  readonly onRemove: (row: number) => void;
}

export function RowList({ list, onEdit, onRemove }: RowListProperties) {
  const styles = useStyles();
  const box = useRef<HTMLDivElement>(null);
  const [edited, setEdited] = useState<number>();
  const wasEdited = useRef<number>(undefined);
  // To where one types, and back to where one came from: else the keyboard would begin anew at the top of the page.
  useEffect(() => {
    const field = edited === undefined ? `[data-row="${wasEdited.current}"]` : '[role="group"] input';
    if (edited !== wasEdited.current) box.current?.querySelector<HTMLElement>(field)?.focus({ preventScroll: true });
    wasEdited.current = edited;
  }, [edited]);
  const rows = useVirtualizer({
    count: list.count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PIXELS,
    overscan: 8,
  });
  return (
    <div ref={box} className={styles.box} role="list" aria-label={`Rows of the list: ${list.count}`}>
      <div style={{ height: rows.getTotalSize() }} role="presentation">
        {rows.getVirtualItems().map(({ index, start }) => {
          const row = index + 1;
          return (
            <div
              key={row}
              role="listitem"
              aria-posinset={row}
              aria-setsize={list.count}
              data-index={index}
              ref={rows.measureElement}
              className={styles.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              {edited === row ? (
                <RowEditor
                  list={list}
                  row={row}
                  troubles={[]}
                  onEdit={onEdit}
                  onRemove={(gone) => {
                    setEdited(undefined);
                    onRemove(gone);
                  }}
                  onClose={() => setEdited(undefined)}
                />
              ) : (
                <Cells list={list} row={row} onOpen={() => setEdited(row)} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Cells({ list, row, onOpen }: { readonly list: GuestList; readonly row: number; readonly onOpen: () => void }) {
  const styles = useStyles();
  const { column, text } = list.guest(row);
  const called = list.called(row);
  const [name, ...more] = called.map((one) => one.text);
  const shown = new Set([column, ...called.map((one) => one.column)]);
  const others = list.cells(row).filter((cell, index) => !shown.has(index) && cell.trim() !== '');
  return (
    <div className={styles.cells}>
      <span className={styles.number}>{count(list.number(row))}</span>
      <span className={mergeClasses(styles.cell, styles.name)} title={text}>
        <NamedId name={name} id={text || '(empty)'} />
      </span>
      <span className={mergeClasses(styles.cell, styles.rest)}>
        <bdi>{[...more, ...others].join(' · ')}</bdi>
      </span>
      <Button
        appearance="subtle"
        size="small"
        icon={<EditRegular />}
        data-row={row}
        aria-label={`Edit row ${list.number(row)}`}
        onClick={onOpen}
      />
    </div>
  );
}
