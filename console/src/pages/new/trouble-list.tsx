/** The rows that something is wrong with, each to be corrected where it stands. */
import { Button, makeStyles, MessageBar, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import type { GuestList } from '../../list/guest-list.ts';
import { Panel } from '../../parts/panel.tsx';
import { count, counted } from '../../parts/numbers.ts';
import { RowEditor } from './row-editor.tsx';
import type { Troubles } from './problems.ts';

const useStyles = makeStyles({
  sheet: { display: 'grid', gap: tokens.spacingVerticalS },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  nowrap: { whiteSpace: 'nowrap' },
});

interface TroubleListProperties {
  readonly list: GuestList;
  readonly troubles: Troubles;
  /** The service has said so; else it is only this page's opinion. */
  readonly isRefusal: boolean;
  readonly onEdit: (row: number, cells: readonly string[]) => void;
  readonly onRemove: (rows: readonly number[]) => void;
}

export function TroubleList({ list, troubles, isRefusal, onEdit, onRemove }: TroubleListProperties) {
  const styles = useStyles();
  const { rows, general } = troubles;
  const there = rows.filter(({ row }) => row <= list.count);
  if (there.length === 0 && general.length === 0) return null;
  return (
    <Panel title={titleOf(troubles, isRefusal)}>
      <div className={styles.sheet}>
        {general.map(({ message }, index) => (
          <MessageBar key={index} intent="error" layout="multiline">
            <MessageBarBody>{message}</MessageBarBody>
          </MessageBar>
        ))}
        {there.length > 0 && (
          <div className={styles.line}>
            <Text>{explanationOf(troubles, isRefusal)}</Text>
            <Button size="small" className={styles.nowrap} onClick={() => onRemove(there.map(({ row }) => row))}>
              Leave out {there.length === 1 ? 'this row' : `these ${count(there.length)} rows`}
            </Button>
          </div>
        )}
        <div>
          {there.map(({ row, messages }) => (
            <RowEditor
              key={`${row} ${list.cells(row).join('\n')}`}
              list={list}
              row={row}
              troubles={messages}
              areHints={!isRefusal}
              onEdit={onEdit}
              onRemove={(gone) => onRemove([gone])}
            />
          ))}
        </div>
      </div>
    </Panel>
  );
}

function titleOf({ count: problems, isOfRehearsal }: Troubles, isRefusal: boolean): string {
  if (isOfRehearsal === true) return `${counted(problems, 'row')} to correct`;
  if (isRefusal) return `${counted(problems, 'problem')}: nothing was rehearsed`;
  return problems === 1 ? 'Look at this row' : `Look at these ${count(problems)} rows`;
}

function explanationOf({ rows, count: problems }: Troubles, isRefusal: boolean): string {
  const more = problems > rows.length ? ` The first ${count(rows.length)} are shown.` : '';
  return isRefusal
    ? `Correct what is marked, or leave the row out. Then rehearse again.${more}`
    : `They may be refused. Correct them, leave them out, or rehearse to know.${more}`;
}
