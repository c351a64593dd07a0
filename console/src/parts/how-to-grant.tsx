/** Who gives somebody a role, and by what. */
import { makeStyles, Text } from '@fluentui/react-components';

const useStyles = makeStyles({ command: { overflowWrap: 'anywhere' } });

interface HowToGrantProperties {
  /** Object id of whoever is signed in. */
  readonly id: string;
  /** The role. */
  readonly wanted: 'Submit' | 'Read' | 'Manage';
}

export function HowToGrant({ id, wanted }: HowToGrantProperties) {
  const { command } = useStyles();
  return (
    <>
      <Text>Who owns the app registration grants it, in the folder of guest-reset, with:</Text>
      <Text font="monospace" className={command}>
        npm run -s guest-reset -- setup grant {id} {wanted}
      </Text>
      <Text>Sign out and in again after that: a sign-in keeps the roles that it was given.</Text>
    </>
  );
}
