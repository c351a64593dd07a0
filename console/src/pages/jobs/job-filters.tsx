/** Whose jobs, of which kind, in which state. */
import { Dropdown, Field, makeStyles, Option, Text, tokens } from '@fluentui/react-components';
import type { Job } from '../../../../client/types.ts';
import { stateWords } from '../../parts/job-words.ts';
import { STATUSES, type Filters } from './filters.ts';

const WHOSE = { all: 'Everybody’s', mine: 'Mine' } as const;
const KINDS = { jobs: 'Jobs', rehearsals: 'Rehearsals', both: 'Jobs and rehearsals' } as const;

const useStyles = makeStyles({
  row: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(180px, 280px))',
    gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    marginBottom: tokens.spacingVerticalL,
    '@media (max-width: 640px)': { gridTemplateColumns: 'repeat(auto-fit, minmax(min(180px, 100%), 1fr))' },
  },
  // Several may be chosen, so it has most to say.
  wide: { '@media (max-width: 640px)': { gridColumnStart: 1, gridColumnEnd: -1 } },
  box: { minWidth: 0 },
  only: { gridColumnStart: 1, gridColumnEnd: -1 },
});

interface JobFiltersProperties {
  readonly filters: Filters;
  /** Else there are only one's own to choose from. */
  readonly seesAll: boolean;
  readonly onChange: (filters: Filters) => void;
}

export function JobFilters({ filters, seesAll, onChange }: JobFiltersProperties) {
  const styles = useStyles();
  const { whose, kind, statuses } = filters;
  const textOf = (status: Job['status']): string => stateWords(status, kind === 'rehearsals');
  return (
    <search className={styles.row}>
      {seesAll ? (
        <Field label="Submitted by">
          <Dropdown
            className={styles.box}
            value={WHOSE[whose]}
            selectedOptions={[whose]}
            onOptionSelect={(_event, { optionValue }) =>
              onChange({ ...filters, whose: optionValue as Filters['whose'] })
            }
          >
            {Object.entries(WHOSE).map(([value, text]) => (
              <Option key={value} value={value}>
                {text}
              </Option>
            ))}
          </Dropdown>
        </Field>
      ) : (
        <Text className={styles.only}>Here are the jobs that you submitted. All others need Read or Manage.</Text>
      )}
      <Field label="Kind">
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
      <Field label="State" className={styles.wide}>
        <Dropdown
          className={styles.box}
          multiselect
          placeholder="Any"
          value={statuses.map(textOf).join(', ')}
          selectedOptions={[...statuses]}
          onOptionSelect={(_event, { selectedOptions }) =>
            onChange({ ...filters, statuses: selectedOptions as Job['status'][] })
          }
        >
          {STATUSES.map((status) => (
            <Option key={status} value={status}>
              {textOf(status)}
            </Option>
          ))}
        </Dropdown>
      </Field>
    </search>
  );
}
