/** Whose jobs, of which kind, in which state. */
import { Dropdown, Field, makeStyles, Option, tokens } from '@fluentui/react-components';
import type { Job } from '../../../../client/types.ts';
import { JOB_STATES } from '../../parts/job-words.ts';
import { STATUSES, type Filters } from './filters.ts';

const WHOSE = { all: 'Everybody’s', mine: 'Mine' } as const;
const KINDS = { jobs: 'Jobs', rehearsals: 'Rehearsals', both: 'Jobs and rehearsals' } as const;

const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalL,
    marginBottom: tokens.spacingVerticalL,
  },
  field: { flex: '1 1 180px', maxWidth: '280px' },
  box: { minWidth: 0 },
});

interface JobFiltersProperties {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

export function JobFilters({ filters, onChange }: JobFiltersProperties) {
  const styles = useStyles();
  const { whose, kind, statuses } = filters;
  return (
    <search className={styles.row}>
      <Field label="Submitted by" className={styles.field}>
        <Dropdown
          className={styles.box}
          value={WHOSE[whose]}
          selectedOptions={[whose]}
          onOptionSelect={(_event, { optionValue }) => onChange({ ...filters, whose: optionValue as Filters['whose'] })}
        >
          {Object.entries(WHOSE).map(([value, text]) => (
            <Option key={value} value={value}>
              {text}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <Field label="Kind" className={styles.field}>
        <Dropdown
          className={styles.box}
          value={KINDS[kind]}
          selectedOptions={[kind]}
          onOptionSelect={(_event, { optionValue }) => onChange({ ...filters, kind: optionValue as Filters['kind'] })}
        >
          {Object.entries(KINDS).map(([value, text]) => (
            <Option key={value} value={value}>
              {text}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <Field label="State" className={styles.field}>
        <Dropdown
          className={styles.box}
          multiselect
          placeholder="Any"
          value={statuses.map((status) => JOB_STATES[status].text).join(', ')}
          selectedOptions={[...statuses]}
          onOptionSelect={(_event, { selectedOptions }) =>
            onChange({ ...filters, statuses: selectedOptions as Job['status'][] })
          }
        >
          {STATUSES.map((status) => (
            <Option key={status} value={status}>
              {JOB_STATES[status].text}
            </Option>
          ))}
        </Dropdown>
      </Field>
    </search>
  );
}
