/** All jobs that one may see, newest first. */
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Text, tokens } from '@fluentui/react-components';
import { useSearchParams } from 'wouter';
import { hasEnded } from '../../parts/job-words.ts';
import { ListEnd } from '../../parts/list-end.tsx';
import { PageHeading } from '../../parts/page-heading.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { Panel } from '../../parts/panel.tsx';
import { seesAll } from '../../parts/roles.ts';
import { useList } from '../../service/lists.ts';
import { useService } from '../../service/service.tsx';
import { filtersOf, queryOf, searchOf, wrongIn } from './filters.ts';
import { JobFilters } from './job-filters.tsx';
import { JobTable } from './job-table.tsx';

const useStyles = makeStyles({
  page: { display: 'grid', gap: tokens.spacingVerticalM },
  words: { overflowWrap: 'anywhere' },
  end: { marginTop: tokens.spacingVerticalM },
});

export default function Page() {
  const styles = useStyles();
  const { me } = useService();
  const [search, setSearch] = useSearchParams();
  const filters = filtersOf(search);
  const wrong = wrongIn(search);
  const query = queryOf(filters, me?.id);
  const list = useList(['jobs', query], (client, token) => client.jobPage({ ...query, ...token }), {
    // A paused job waits for somebody, who may be looking at another page.
    changes: (jobs) => jobs.some((job) => !hasEnded(job)),
    enabled: wrong.length === 0,
  });
  return (
    <div className={styles.page}>
      <PageHeading title="Jobs" />
      <Panel>
        <JobFilters filters={filters} seesAll={seesAll(me)} onChange={(changed) => setSearch(searchOf(changed))} />
        {wrong.length > 0 ? (
          <NotUnderstood wrong={wrong} />
        ) : (
          <>
            {list.items !== undefined && list.items.length > 0 && <JobTable jobs={list.items} />}
            {list.items?.length === 0 && list.more === undefined && list.failure === undefined && (
              <NoJobs isFiltered={search.size > 0} />
            )}
            <div className={styles.end}>
              <ListEnd list={list} what="jobs" />
            </div>
          </>
        )}
      </Panel>
    </div>
  );
}

function NotUnderstood({ wrong }: { readonly wrong: readonly string[] }) {
  const { words } = useStyles();
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody className={words}>
        <MessageBarTitle>The address of this page is not understood.</MessageBarTitle> <bdi>{wrong.join(' ')}</bdi>{' '}
        Nothing is listed, for it would not be what was asked for. Choose above, or see{' '}
        <PageLink to="/jobs">all jobs</PageLink>.
      </MessageBarBody>
    </MessageBar>
  );
}

function NoJobs({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <Text as="p" block>
      {isFiltered ? (
        'No job is like that. Choose fewer conditions.'
      ) : (
        <>
          No job yet. <PageLink to="/">Choose some guests</PageLink> and rehearse: that changes nothing and mails
          nobody.
        </>
      )}
    </Text>
  );
}
