/** The list that was chosen: what it has, what is wrong with it, and the way to the rehearsal. */
import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { GuestList } from '../../list/guest-list.ts';
import type { Chosen } from '../../list/take.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { counted } from '../../parts/numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { ColumnList } from './column-list.tsx';
import type { Troubles } from './problems.ts';
import { RowList } from './row-list.tsx';
import { StartOver } from './start-over.tsx';
import { howMany, nextOf, summaryOf } from './summary.ts';
import { TroubleList } from './trouble-list.tsx';
import { useRehearsing } from './use-rehearsing.ts';
import { useRowsToCorrect } from './use-rows-to-correct.ts';

const useStyles = makeStyles({
  sheet: { display: 'grid', gap: tokens.spacingVerticalM, gridTemplateColumns: 'minmax(0, 1fr)' },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
  },
  grow: { flexGrow: 1, overflowWrap: 'anywhere' },
  nowrap: { whiteSpace: 'nowrap' },
  columns: { marginTop: tokens.spacingVerticalS },
  next: { display: 'block', marginTop: tokens.spacingVerticalS },
  /** While it is on its way: what is done to it then would be no part of the rehearsal. */
  held: { opacity: 0.5 },
});

interface ChosenListProperties {
  readonly chosen: Chosen;
  readonly hints: Troubles | undefined;
  readonly lastHints: Troubles | undefined;
  readonly onChange: (list: GuestList) => void;
  readonly onClear: () => void;
  readonly rehearsal: string | undefined;
  readonly code: string | undefined;
  readonly warning: string | undefined;
}

export function ChosenList({ chosen, hints, lastHints, onChange, onClear, rehearsal, ...found }: ChosenListProperties) {
  const styles = useStyles();
  const { source, list } = chosen;
  const toCorrect = useRowsToCorrect(rehearsal, found);
  // Null: what was found before is about another list now.
  const [refused, setRefused] = useState<Troubles | null>();
  const action = `Rehearse${list.count === 0 ? '' : ` ${howMany(list, hints)}`}`;
  const { ask, failure, isAsked } = useRehearsing(chosen, action, setRefused);
  const edit = (row: number, cells: readonly string[]): void => onChange(list.edited(row, cells));
  const remove = (rows: readonly number[]): void => onChange(list.without(rows));
  const changeAll = (changed: GuestList): void => {
    setRefused(null);
    onChange(changed);
  };
  const troubles = (refused === undefined ? toCorrect.troubles : (refused ?? undefined)) ?? lastHints;
  const left = list.changes.removed.size;
  return (
    <>
      <Panel title={source.name ?? 'Pasted list'}>
        <div className={styles.line}>
          <Text weight="semibold" className={styles.grow}>
            {summaryOf(list, hints)}
          </Text>
          <div inert={isAsked} className={mergeClasses(styles.line, isAsked && styles.held)}>
            {left > 0 && (
              <Button className={styles.nowrap} onClick={() => changeAll(list.withAll())}>
                Put back {counted(left, 'row')} left out
              </Button>
            )}
            <StartOver chosen={chosen} onClear={onClear} />
          </div>
          <Button
            appearance="primary"
            className={styles.nowrap}
            disabledFocusable={isAsked || list.count === 0 || list.naming.length === 0}
            aria-describedby="what-comes-next"
            onClick={ask}
          >
            {isAsked ? 'The list is on its way' : action}
          </Button>
        </div>
        <div inert={isAsked} className={mergeClasses(styles.columns, isAsked && styles.held)}>
          <ColumnList list={list} onHeader={(header) => changeAll(list.withHeader(header))} />
        </div>
        <Text id="what-comes-next" size={200} className={styles.next}>
          {nextOf(chosen, isAsked)}
        </Text>
      </Panel>
      {failure !== undefined && (
        <FailureBar
          failure={failure}
          title="The list was not rehearsed"
          onAgain={failure.kind === 'unread' ? undefined : ask}
        />
      )}
      {toCorrect.failure !== undefined && (
        <FailureBar failure={toCorrect.failure} title="The rows to correct cannot be shown" onAgain={toCorrect.again} />
      )}
      <div inert={isAsked} className={mergeClasses(styles.sheet, isAsked && styles.held)}>
        {troubles !== undefined && (
          <TroubleList list={list} troubles={troubles} hints={hints} onEdit={edit} onRemove={remove} />
        )}
        {list.count > 0 && (
          <Panel title="All rows">
            <RowList list={list} onEdit={edit} onRemove={(row) => remove([row])} />
          </Panel>
        )}
      </div>
    </>
  );
}
