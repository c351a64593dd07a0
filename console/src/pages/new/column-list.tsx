/** What each column of the list was taken for; a name can be corrected here. */
import { Badge, Dropdown, Field, makeStyles, Option, Text, tokens } from '@fluentui/react-components';
import { isEntraExport, isPassedOver, meaningOf } from '../../list/columns.ts';
import type { GuestList } from '../../list/guest-list.ts';
import { counted } from '../../parts/numbers.ts';

const useStyles = makeStyles({
  columns: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, marginTop: tokens.spacingVerticalS },
  badge: { maxWidth: '100%', height: 'auto', minHeight: '20px', overflowWrap: 'anywhere', whiteSpace: 'normal' },
  naming: { maxWidth: '320px', marginTop: tokens.spacingVerticalS },
  box: { minWidth: 0 },
});

interface ColumnListProperties {
  readonly list: GuestList;
  readonly onHeader: (header: readonly string[]) => void;
}

export function ColumnList({ list, onHeader }: ColumnListProperties) {
  const styles = useStyles();
  const { header, naming } = list;
  const known = header.filter((name) => meaningOf(name) !== undefined);
  const kept = header.filter((name) => name !== '' && meaningOf(name) === undefined && !isPassedOver(name));
  return (
    <div>
      <Text>
        {isEntraExport(header) ? `An export of users from Entra, ${counted(header.length, 'column')}. ` : ''}
        {known.length === 0 ? 'No column is known to name the guest.' : sentenceOf(known.length, kept.length)}
      </Text>
      {naming.length === 0 && header.length > 0 && (
        <Field label="Which column names the guest?" className={styles.naming}>
          <Dropdown
            className={styles.box}
            placeholder="Choose a column"
            onOptionSelect={(_event, { optionValue }) =>
              onHeader(header.map((name, index) => (String(index) === optionValue ? 'user' : name)))
            }
          >
            {header.map((name, index) => (
              <Option key={index} value={String(index)} text={name || `Column ${index + 1}`}>
                {name || `Column ${index + 1}`}
              </Option>
            ))}
          </Dropdown>
        </Field>
      )}
      {known.length > 0 && (
        <div className={styles.columns}>
          {known.map((name, index) => (
            <Badge key={index} appearance="tint" color="brand" className={styles.badge}>
              <bdi>{name}</bdi>: {meaningOf(name)}
            </Badge>
          ))}
          {kept.slice(0, 40).map((name, index) => (
            <Badge key={`kept ${index}`} appearance="outline" color="informative" className={styles.badge}>
              {name}
            </Badge>
          ))}
        </div>
      )}
    </div>
  );
}

function sentenceOf(known: number, kept: number): string {
  const read = `${counted(known, 'column')} read`;
  if (kept === 0) return `${read}.`;
  return `${read}, ${counted(kept, 'other one')} kept and given back with the results.`;
}
