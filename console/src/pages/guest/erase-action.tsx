/** Erases the guest from what the service keeps. The directory is not touched. */
import { Text } from '@fluentui/react-components';
import { Delete16Regular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import type { Answered } from '../../../../client/answer.ts';
import type { Erasure } from '../../../../client/types.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { AskDialog, NoWayBack } from '../../parts/ask-dialog.tsx';
import { useService } from '../../service/service.tsx';

interface EraseActionProperties {
  readonly id: string;
  readonly onErased: (erasure: Answered<Erasure>) => void;
}

export function EraseAction({ id, onErased }: EraseActionProperties) {
  const { client } = useService();
  const queries = useQueryClient();
  return (
    <AskDialog
      trigger={<ActionButton icon={<Delete16Regular />}>Erase history</ActionButton>}
      title="Erase this guest from what is kept?"
      action="Erase"
      act={() => client.eraseGuest(id)}
      onDone={(answer) => {
        onErased(answer);
        void queries.invalidateQueries({ queryKey: ['guest', id] });
        // Jobs and their results have changed as well.
        void queries.invalidateQueries({ queryKey: ['job'] });
      }}
    >
      <Text>
        The history below goes, and in all ended jobs what was asked for the guest, what came of it, addresses, and each
        text that names the guest by object id, UPN or address. Of each job stays how many ended how, and in the audit
        that you had a guest erased, but not whom.
      </Text>
      <Text>
        With it is lost when the guest was last reset: whoever has redeemed since can be reset again at once. The guest
        in the directory is not changed. Note the request where you keep such: nothing here says later who it was.
      </Text>
      <NoWayBack>An erasure cannot be undone.</NoWayBack>
    </AskDialog>
  );
}
