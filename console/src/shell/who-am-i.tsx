/** Who is signed in, beside the navigation, and the way out. */
import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useService } from '../service/service.tsx';

const useStyles = makeStyles({
  who: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
  },
});

export function WhoAmI() {
  const { me, signOut } = useService();
  const { who } = useStyles();
  if (me === undefined) return null;
  return (
    <div className={who}>
      <Text size={200}>{me.name ?? me.id}</Text>
      {signOut !== undefined && (
        <Button appearance="subtle" size="small" onClick={signOut}>
          Sign out
        </Button>
      )}
    </div>
  );
}
