/** Every reset that was ever tried for a guest, newest first. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import type { PastReset } from '../../../../client/types.ts';
import { ListEnd } from '../../parts/list-end.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useList, type Listed } from '../../service/lists.ts';
import { historyKey, isAwaited, type Asked } from './guest-answer.ts';
import { PastResetItem } from './past-reset.tsx';

const PAGE_SIZE = 20;

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  end: { marginTop: tokens.spacingVerticalS, ':empty': { display: 'none' } },
  empty: { display: 'grid', gap: tokens.spacingVerticalS, maxWidth: '720px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface HistoryProperties {
  readonly id: string;
  /** Else only what one has submitted oneself. */
  readonly seesAll: boolean;
  readonly isBeingErased: boolean;
  readonly asked: Asked | undefined;
}

const isUnderWay = ({ status }: PastReset): boolean => status === 'pending' || status === 'sending';

export function History({ id, seesAll, isBeingErased, asked }: HistoryProperties) {
  const styles = useStyles();
  const list = useList(historyKey(id), (client, token) => client.historyPage(id, { pageSize: PAGE_SIZE, ...token }), {
    changes: (resets) => resets.some(isUnderWay) || isAwaited(asked, resets) || (isBeingErased && resets.length > 0),
  });
  const { items, more, isFetching } = list;
  // A page may be empty and not be the last: what one may not see is passed over.
  const mustGoOn = more !== undefined && !isFetching && items?.length === 0;
  useEffect(() => {
    if (mustGoOn) more?.();
  }, [mustGoOn, more]);
  return (
    <Panel title="Every reset, newest first">
      {!seesAll && (
        <Text as="p" block className={styles.quiet}>
          Of the jobs that you have submitted.
        </Text>
      )}
      {isEmpty(list) ? (
        <NoResets />
      ) : (
        <ul className={styles.list} aria-label="Every reset, newest first">
          {items?.map((reset) => (
            <PastResetItem key={`${reset.jobId} ${reset.row}`} reset={reset} />
          ))}
        </ul>
      )}
      <div className={styles.end}>
        <ListEnd list={list} what="resets" />
      </div>
    </Panel>
  );
}

const isEmpty = ({ items, more, failure }: Listed<unknown>): boolean =>
  items?.length === 0 && more === undefined && failure === undefined;

function NoResets() {
  const styles = useStyles();
  return (
    <div className={styles.empty}>
      <Text>Nothing was tried for this guest, or it is longer ago than jobs are kept.</Text>
      <Text className={styles.quiet}>
        Each reset that is tried stands here: when, by whom, why, what came of it, and to which address Microsoft was
        asked to send the mail. A <PageLink to="/">rehearsal</PageLink> leaves nothing here, and what was done in the
        admin center does not either: that only changes since when the invitation is as it is.
      </Text>
    </div>
  );
}
