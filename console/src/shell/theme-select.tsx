/** Light, dark, or as the system is. */
import { Field, makeStyles, Select } from '@fluentui/react-components';
import { CHOICES, type ThemeChoice } from './theme.ts';

// The label beside it, and no wider than that.
const useStyles = makeStyles({
  field: { gridTemplateColumns: 'auto auto', alignItems: 'center', whiteSpace: 'nowrap' },
});

const WORDS = { system: 'System', light: 'Light', dark: 'Dark' } as const;

export function ThemeSelect({ choice, choose }: ThemeChoice) {
  const { field } = useStyles();
  return (
    <Field label="Theme" size="small" orientation="horizontal" className={field}>
      <Select
        size="small"
        value={choice}
        onChange={(_event, { value }) => choose(CHOICES.find((each) => each === value) ?? 'system')}
      >
        {CHOICES.map((each) => (
          <option key={each} value={each}>
            {WORDS[each]}
          </option>
        ))}
      </Select>
    </Field>
  );
}
