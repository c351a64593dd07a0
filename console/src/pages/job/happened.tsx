/** Who did what to the job, and when; newest first. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Job } from '../../../../client/types.ts';
import { Deed, DeedList } from '../../parts/deed-list.tsx';
import { counted } from '../../parts/numbers.ts';

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

export function Happened({ job: { actions = [], actionsOmitted } }: { readonly job: Job }) {
  const { quiet } = useStyles();
  return (
    <>
      <DeedList name="What happened, newest first">
        {actions.toReversed().map((action) => (
          <Deed key={`${action.at} ${action.action} ${action.newJobId ?? ''}`} action={action} />
        ))}
      </DeedList>
      {actionsOmitted !== undefined && (
        <Text as="p" block className={quiet}>
          {counted(actionsOmitted, 'more action')} came behind the first one; the audit has them.
        </Text>
      )}
    </>
  );
}
