/** From a UPN or an address to the object id: then the guest has an address of the console. */
import { Spinner, Text } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { Redirect } from 'wouter';
import type { Answer } from '../../../../client/answer.ts';
import type { Client } from '../../../../client/client.ts';
import { Panel } from '../../parts/panel.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { useAnswer } from '../../service/answers.ts';
import { useService } from '../../service/service.tsx';
import { guestKey } from './guest-answer.ts';
import { placeOf } from './names.ts';
import { NotSeen } from './not-seen.tsx';
import { permissionsOf } from './permissions.ts';

/** What is asked, among all that is asked. */
export const LOOKED_UP = 'guest looked up';

interface Found {
  /** Undefined where none of one's own jobs tells it. */
  readonly id: string | undefined;
}

/** @param name of somebody who could be */
export function LookUp({ name }: { readonly name: string }) {
  const { me } = useService();
  const queries = useQueryClient();
  const { look } = permissionsOf(me);
  const { data, error, refetch } = useAnswer<Found>([LOOKED_UP, name], async (client) => {
    if (!look) return foundInOwnJobs(client, name);
    const answer = await client.guest(name);
    if (answer.kind !== 'answered') return answer;
    // The page that comes next need not look once more.
    queries.setQueryData(guestKey(answer.value.id), answer);
    return { ...answer, value: { id: answer.value.id } };
  });
  const id = data?.value.id;
  if (error === null && id !== undefined) return <Redirect to={placeOf(id)} replace />;
  if (error !== null) return <NotSeen failure={error.failure} isSearch mayLook={look} onAgain={() => void refetch()} />;
  return data === undefined ? <Spinner label="The guest is looked up" /> : <NotInOwnJobs />;
}

/** Whoever has only the role Submit is told of their own jobs alone. */
async function foundInOwnJobs(client: Client, name: string): Promise<Answer<Found>> {
  const answer = await client.historyPage(name, { pageSize: 1 });
  return answer.kind === 'answered' ? { ...answer, value: { id: answer.value.value[0]?.guestId } } : answer;
}

function NotInOwnJobs() {
  return (
    <Panel title="No job of yours tells of this guest">
      <Text>
        With the role Submit you see what your own jobs have tried. For more you need the role Read; an owner of the app
        registration grants it. To reset the guest, <PageLink to="/">give the address</PageLink> as a list of one.
      </Text>
    </Panel>
  );
}
