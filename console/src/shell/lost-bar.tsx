/** Says on each page that the service does not answer, looks whether it does again, and lets the page go on then. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { useQuery, useQueryClient, type Query } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { fetchTelling, useIsLost } from '../service/connection.ts';
import { API } from '../service/sign-in.ts';
import { useAnnounce } from './announcer.tsx';

const LOOK_EVERY_MS = 5_000;

const useStyles = makeStyles({ above: { marginBottom: tokens.spacingVerticalM } });

export function LostBar() {
  const isLost = useIsLost();
  const queries = useQueryClient();
  const say = useAnnounce();
  const wasLost = useRef(false);
  useEffect(() => {
    if (isLost) say('The service does not answer.');
    // What waits for its next try need not wait any more.
    else if (wasLost.current) void queries.refetchQueries({ type: 'active', predicate: hasNoAnswer });
    wasLost.current = isLost;
  }, [isLost, queries, say]);
  return isLost ? <Lost /> : null;
}

/** The sign-in goes its own way. */
const hasNoAnswer = ({ queryKey, state: { status, fetchStatus } }: Query): boolean =>
  queryKey[0] !== 'sign-in' && (status === 'error' || fetchStatus === 'fetching');

function Lost() {
  const { above } = useStyles();
  const { refetch } = useQuery({
    queryKey: ['is-there'],
    // Everybody may read it.
    queryFn: async () => (await fetchTelling(new Request(`${API}/console/config.json`))).status,
    refetchInterval: LOOK_EVERY_MS,
    refetchOnReconnect: 'always',
    gcTime: 0,
  });
  return (
    <MessageBar intent="warning" layout="multiline" className={above}>
      <MessageBarBody>
        <MessageBarTitle>The service does not answer.</MessageBarTitle> The connection is lost, or the service is away.
        What is shown may be old. When it answers again this page goes on by itself; jobs go on meanwhile.
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => void refetch()}>Look now</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
