/**
 * All guests of a job, however many. Up to a page of them stand in the page itself; of more only the rows that are seen
 * are asked for, and drawn. Fetched when it is first seen, as no other tab needs the list and its filter.
 */
import { Dropdown, Field, makeStyles, Option, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Job, Reset } from '../../../../client/types.ts';
import { count } from '../../parts/numbers.ts';
import { RESET_STATES, type ResetStatus } from '../../parts/reset-words.ts';
import { isWatched } from '../../service/job.ts';
import { ResetDetails } from './reset-details.tsx';
import { ResetItems } from './reset-items.tsx';
import { PAGE_SIZE } from './row-pages.ts';
import { useFilteredRows, useRows } from './rows.ts';
import { RowList } from './row-list.tsx';

const STATUSES = Object.keys(RESET_STATES) as readonly ResetStatus[];

const useStyles = makeStyles({
  filter: { maxWidth: '280px', marginBottom: tokens.spacingVerticalM },
  box: { minWidth: 0 },
});

export default function AllGuests({ job }: { readonly job: Job }) {
  const styles = useStyles();
  const [status, choose] = useState<ResetStatus>();
  const textOf = (one: ResetStatus): string => `${RESET_STATES[one].text} (${count(job.counts[one])})`;
  const there = STATUSES.filter((one) => job.counts[one] > 0 || one === status);
  return (
    <>
      <Field label="State" className={styles.filter}>
        <Dropdown
          className={styles.box}
          value={status === undefined ? 'Any' : textOf(status)}
          selectedOptions={[status ?? 'any']}
          onOptionSelect={(_event, { optionValue }) => choose(STATUSES.find((one) => one === optionValue))}
        >
          <Option value="any">Any</Option>
          {there.map((one) => (
            <Option key={one} value={one}>
              {textOf(one)}
            </Option>
          ))}
        </Dropdown>
      </Field>
      {job.total <= PAGE_SIZE ? (
        <ResetItems
          key={status ?? 'any'}
          id={job.id}
          name={status === undefined ? 'All guests' : RESET_STATES[status].text}
          filter={status === undefined ? {} : { status }}
          pageSize={PAGE_SIZE}
          changes={isWatched(job)}
        />
      ) : (
        <Long key={status ?? 'any'} job={job} status={status} />
      )}
    </>
  );
}

function Long({ job, status }: { readonly job: Job; readonly status: ResetStatus | undefined }) {
  const [opened, open] = useState<Reset>();
  return (
    <>
      {status === undefined ? <Everybody job={job} onOpen={open} /> : <Some job={job} status={status} onOpen={open} />}
      <ResetDetails reset={opened} onClose={() => open(undefined)} />
    </>
  );
}

interface ListProperties {
  readonly job: Job;
  readonly onOpen: (reset: Reset) => void;
}

function Everybody({ job, onOpen }: ListProperties) {
  const [range, see] = useState<readonly [number, number]>([0, 0]);
  const { rowAt, failure, again } = useRows(job, range);
  return (
    <RowList
      total={job.total}
      rowAt={rowAt}
      onSee={see}
      onOpen={onOpen}
      failure={failure}
      onAgain={again}
      name="All guests"
    />
  );
}

function Some({ job, status, onOpen }: ListProperties & { readonly status: ResetStatus }) {
  const [range, see] = useState<readonly [number, number]>([0, 0]);
  const { rowAt, total, failure, again } = useFilteredRows(job, status, range);
  return (
    <RowList
      name={RESET_STATES[status].text}
      total={total}
      rowAt={rowAt}
      onSee={see}
      onOpen={onOpen}
      failure={failure}
      onAgain={again}
    />
  );
}
