/** What each column of the list was taken for; which one names the guest can be said here where no name tells. */
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

/** So many that are only kept are named. */
const KEPT_SHOWN = 40;

interface ColumnListProperties {
  readonly list: GuestList;
  readonly onHeader: (header: readonly string[]) => void;
}

export function ColumnList({ list, onHeader }: ColumnListProperties) {
  const styles = useStyles();
  const { given, header, naming } = list;
  const columns = given.map((name, index) => ({ name, index, meaning: meaningOf(header[index] ?? '') }));
  const known = columns.filter(({ meaning }) => meaning !== undefined);
  const kept = columns.filter(({ name, meaning }) => name !== '' && meaning === undefined && !isPassedOver(name));
  return (
    <div>
      <Text>
        {isEntraExport(given) ? `An export of users from Entra, ${counted(given.length, 'column')}. ` : ''}
        {naming.length === 0 ? 'No column is known to name the guest.' : sentenceOf(known.length, kept.length)}
      </Text>
      {/* It stays when one was chosen: it may have been the wrong one. */}
      {(naming.length === 0 || header !== given) && <Naming given={given} header={header} onHeader={onHeader} />}
      {known.length > 0 && (
        <div className={styles.columns}>
          {known.map(({ name, index, meaning }) => (
            <Badge key={index} appearance="tint" color="brand" className={styles.badge}>
              <bdi>{name || `Column ${index + 1}`}</bdi>: {meaning}
            </Badge>
          ))}
          {kept.slice(0, KEPT_SHOWN).map(({ name, index }) => (
            <Badge key={index} appearance="outline" color="informative" className={styles.badge}>
              <bdi>{name}</bdi>
            </Badge>
          ))}
        </div>
      )}
    </div>
  );
}

interface NamingProperties extends Pick<ColumnListProperties, 'onHeader'> {
  readonly given: readonly string[];
  readonly header: readonly string[];
}

function Naming({ given, header, onHeader }: NamingProperties) {
  const { naming, box } = useStyles();
  const names = given.map((name, index) => name || `Column ${index + 1}`);
  const chosen = header.findIndex((name, index) => name !== given[index]);
  return (
    <Field label="Which column names the guest?" required className={naming}>
      <Dropdown
        className={box}
        placeholder="Choose a column"
        value={names[chosen] ?? ''}
        selectedOptions={chosen === -1 ? [] : [String(chosen)]}
        onOptionSelect={(_event, { optionValue }) =>
          onHeader(given.map((name, index) => (String(index) === optionValue ? 'user' : name)))
        }
      >
        {names.map((name, index) => (
          <Option key={index} value={String(index)} text={name}>
            {name}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}

function sentenceOf(known: number, kept: number): string {
  const read = `${counted(known, 'column')} read`;
  if (kept === 0) return `${read}.`;
  return `${read}, ${counted(kept, 'other one')} kept and given back with the results.`;
}
