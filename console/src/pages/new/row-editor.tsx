/** One row with its cells to correct: those that something is wrong with, and what names the guest. */
import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { takenBy } from '../../list/columns.ts';
import type { GuestList } from '../../list/guest-list.ts';
import { useHeadingTakesFocus } from '../../parts/heading-takes-focus.ts';
import { count } from '../../parts/numbers.ts';
import { columnOf, type FieldTrouble } from './problems.ts';

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: '56px minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    alignItems: 'baseline',
    padding: `${tokens.spacingVerticalS} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 640px)': { gridTemplateColumns: '40px minmax(0, 1fr)' },
  },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  fields: { display: 'grid', gap: tokens.spacingVerticalS, minWidth: 0, overflowWrap: 'anywhere' },
  input: { minWidth: 0, width: '100%' },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    '@media (max-width: 640px)': { gridColumn: '2' },
  },
  nowrap: { whiteSpace: 'nowrap' },
});

interface RowEditorProperties {
  readonly list: GuestList;
  readonly row: number;
  readonly troubles: readonly FieldTrouble[];
  /** Whether `troubles` are only this page's opinion. */
  readonly areHints?: boolean;
  readonly onEdit: (row: number, cells: readonly string[]) => void;
  readonly onRemove: (row: number) => void;
  readonly onClose?: () => void;
}

export function RowEditor({ list, row, troubles, areHints = false, onEdit, onRemove, onClose }: RowEditorProperties) {
  const styles = useStyles();
  useHeadingTakesFocus();
  const cells = list.cells(row);
  const guest = list.guest(row).column;
  const called = list.called(row);
  const named = troubles.map((trouble) => ({ ...trouble, column: columnOf(list.header, trouble) ?? guest }));
  // What names the guest may be wrong, and another column right.
  const columns = [...new Set([...named.map(({ column }) => column), guest, ...list.naming])].filter(
    (index) => index in list.header,
  );
  const number = list.number(row);
  return (
    <div role="group" aria-label={`Row ${number}`} className={styles.row}>
      <Text className={styles.number}>{count(number)}</Text>
      <div className={styles.fields}>
        {called.length > 0 && (
          <Text>
            <bdi>{called.map(({ text }) => text).join(' · ')}</bdi>
          </Text>
        )}
        {columns.map((column) => {
          const message = named.flatMap((trouble) => (trouble.column === column ? [trouble.message] : [])).join(' ');
          return (
            <CellField
              key={column}
              name={list.given[column] ?? ''}
              value={cells[column] ?? ''}
              message={message}
              takes={takenBy(list.header[column] ?? '')}
              isHint={areHints}
              onCommit={(value) => onEdit(row, withCell(cells, column, value))}
            />
          );
        })}
        {list.naming.length > 1 && <Text size={200}>{orderOf(list)}</Text>}
      </div>
      <div className={styles.actions}>
        <Button
          size="small"
          className={styles.nowrap}
          onClick={({ currentTarget }) => {
            focusNeighbour(currentTarget);
            onRemove(row);
          }}
          aria-label={`Leave out row ${number}`}
        >
          Leave out
        </Button>
        {onClose !== undefined && (
          <Button size="small" onClick={onClose}>
            Done
          </Button>
        )}
      </div>
    </div>
  );
}

/** Which of several names the guest, as the service takes them. */
const orderOf = ({ naming, given }: GuestList): string =>
  `The first of these that is filled names the guest: ${naming.map((index) => given[index]).join(', ')}.`;

/** Where rows are gone through one after the other, the keyboard goes on with the next: this one is about to go. */
function focusNeighbour(button: HTMLElement): void {
  const row = button.closest('[role="group"]');
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
  neighbour?.querySelector('button')?.focus();
}

/** A row may have fewer cells than the header. */
const withCell = (cells: readonly string[], column: number, value: string): string[] =>
  Array.from({ length: Math.max(cells.length, column + 1) }, (_, index) =>
    index === column ? value : (cells[index] ?? ''),
  );

interface CellFieldProperties {
  readonly name: string;
  readonly value: string;
  readonly message: string;
  /** What is to be written there, where it may name the guest. */
  readonly takes: string | undefined;
  readonly isHint: boolean;
  readonly onCommit: (value: string) => void;
}

function CellField({ name, value, message, takes, isHint, onCommit }: CellFieldProperties) {
  const styles = useStyles();
  const [typed, type] = useState(value);
  const isEdited = typed !== value;
  const commit = (): void => {
    if (isEdited) onCommit(typed);
  };
  return (
    <Field
      label={name}
      {...(takes !== undefined && { hint: takes })}
      {...(message !== '' && { validationMessage: message, validationState: isHint ? 'warning' : 'error' })}
    >
      <Input
        className={styles.input}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={(_event, data) => type(data.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
    </Field>
  );
}
