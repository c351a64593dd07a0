/** The rows that something is wrong with, each to be corrected where it stands. */
import { Button, makeStyles, MessageBar, MessageBarBody, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { GuestList } from '../../list/guest-list.ts';
import { Panel } from '../../parts/panel.tsx';
import { count, counted } from '../../parts/numbers.ts';
import { RowEditor } from './row-editor.tsx';
import { isChangedSince, messagesNow, type Troubles } from './problems.ts';

const useStyles = makeStyles({
  sheet: { display: 'grid', gap: tokens.spacingVerticalS },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  nowrap: { whiteSpace: 'nowrap' },
  more: { justifySelf: 'start' },
});

/** So many stand there at once: more would push all rows out of sight. */
const SHOWN = 10;

interface TroubleListProperties {
  readonly list: GuestList;
  readonly troubles: Troubles;
  /** What this page finds of the list as it is now. */
  readonly hints: Troubles | undefined;
  readonly onEdit: (row: number, cells: readonly string[]) => void;
  readonly onRemove: (rows: readonly number[]) => void;
}

export function TroubleList({ list, troubles, hints, onEdit, onRemove }: TroubleListProperties) {
  const styles = useStyles();
  const [isAllShown, showAll] = useState(false);
  const { general, source } = troubles;
  const rows = troubles.rows.flatMap(({ record, messages }) => {
    const row = list.row(record);
    if (row === undefined) return [];
    const isChanged = isChangedSince(troubles, record, list);
    return [{ row, record, isChanged, messages: messagesNow(troubles, { record, messages }, list, hints) }];
  });
  if (rows.length === 0 && general.length === 0) return null;
  const isMore = troubles.count > troubles.rows.reduce((sum, { messages }) => sum + messages.length, general.length);
  return (
    <Panel title={titleOf(troubles, rows.length)}>
      <div className={styles.sheet}>
        {general.map(({ message }, index) => (
          <MessageBar key={index} intent="error" layout="multiline">
            <MessageBarBody>{message}</MessageBarBody>
          </MessageBar>
        ))}
        {rows.length > 0 && (
          <div className={styles.line}>
            <Text>
              {explanationOf(source, rows.length)}
              {isMore && ` The first ${rows.length === 1 ? 'is' : `${count(rows.length)} rows are`} listed.`}
            </Text>
            {rows.length > 1 && (
              <Button size="small" className={styles.nowrap} onClick={() => onRemove(rows.map(({ row }) => row))}>
                Leave out these {count(rows.length)} rows
              </Button>
            )}
          </div>
        )}
        <div>
          {(isAllShown ? rows : rows.slice(0, SHOWN)).map(({ row, record, messages, isChanged }) => (
            <RowEditor
              key={record}
              list={list}
              row={row}
              troubles={messages}
              areHints={isChanged || source !== 'refusal'}
              onEdit={onEdit}
              onRemove={(gone) => onRemove([gone])}
            />
          ))}
        </div>
        {!isAllShown && rows.length > SHOWN && (
          <Button className={styles.more} onClick={() => showAll(true)}>
            Show {count(rows.length - SHOWN)} more
          </Button>
        )}
      </div>
    </Panel>
  );
}

function titleOf({ count: problems, source }: Troubles, rows: number): string {
  switch (source) {
    case 'refusal':
      return `${counted(problems, 'problem')}: nothing was rehearsed`;
    case 'rehearsal':
      return `${counted(rows, 'row')} to correct`;
    case 'hint':
      return problems === 1 ? 'Look at this row' : `Look at these ${count(problems)} rows`;
  }
}

function explanationOf(source: Troubles['source'], rows: number): string {
  const [they, them] = rows === 1 ? ['It', 'it'] : ['They', 'them'];
  switch (source) {
    case 'refusal':
      return 'Correct what is marked, or leave the row out. Then rehearse again.';
    case 'rehearsal':
      return `So the rehearsal found ${them}. Correct ${them}, or leave ${them} out. Then rehearse again.`;
    case 'hint':
      return `${they} may be refused. Correct ${them}, leave ${them} out, or rehearse to know.`;
  }
}
