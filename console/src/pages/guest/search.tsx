/** Whom somebody looks for. */
import { Button, Field, makeStyles, SearchBox, tokens } from '@fluentui/react-components';
import type { Search } from './use-search.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'start', gap: tokens.spacingHorizontalM },
  field: { flex: '1 1 280px', maxWidth: '560px', minWidth: 0 },
  box: { minWidth: 0, maxWidth: '100%', width: '100%' },
  // Beside the box, below its label.
  button: { marginTop: '26px', whiteSpace: 'nowrap', '@media (max-width: 480px)': { marginTop: 0 } },
});

export function GuestSearch({ search: { typed, type, mistake, look } }: { readonly search: Search }) {
  const styles = useStyles();
  return (
    <search>
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          look();
        }}
      >
        <Field
          className={styles.field}
          label="Guest"
          hint="Object id, UPN or mail address. The results of a job have the object id of each guest."
          {...(mistake !== undefined && { validationMessage: mistake })}
        >
          <SearchBox
            className={styles.box}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            placeholder="anna.berg@fabrikam.example"
            onChange={(_event, { value }) => type(value)}
          />
        </Field>
        <Button type="submit" appearance="primary" className={styles.button}>
          Look up
        </Button>
      </form>
    </search>
  );
}
