/** Which page an address means. Each is a file of its own, fetched when it is first seen. */
import { Spinner } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { NotThere } from '../parts/not-there.tsx';
import { PageHeading } from '../parts/page-heading.tsx';

const fetchNewReset = () => import('../pages/new/page.tsx');
const fetchRehearsal = () => import('../pages/rehearsal/page.tsx');
const fetchJobs = () => import('../pages/jobs/page.tsx');
const fetchJob = () => import('../pages/job/page.tsx');
const fetchGuest = () => import('../pages/guest/page.tsx');
const fetchTenant = () => import('../pages/tenant/page.tsx');

const NewReset = lazy(fetchNewReset);
const Rehearsal = lazy(fetchRehearsal);
const Jobs = lazy(fetchJobs);
const Job = lazy(fetchJob);
const Guest = lazy(fetchGuest);
const Tenant = lazy(fetchTenant);

/** Fetches a page before it can be shown: it is on its way while it is found out who looks. @param path as for routes */
export function fetchAhead(path: string): void {
  const [, first = '', id = ''] = path.split('/');
  // A map: an address may be any word, also one that each object knows.
  const fetchPage = new Map<string, () => Promise<unknown>>([
    ['', fetchNewReset],
    ['rehearsals', fetchRehearsal],
    ['jobs', id === '' ? fetchJobs : fetchJob],
    ['guests', fetchGuest],
    ['tenant', fetchTenant],
  ]).get(first);
  // Whoever shows the page fetches it as well, and is told what went wrong.
  fetchPage?.().catch(() => undefined);
}

const NoSuchPage = () => (
  <>
    <PageHeading title="No such page" />
    <NotThere title="Nothing is at this address" list={{ to: '/', name: 'New reset' }}>
      It is mistyped or cut off, or of another version of the console. Above stands what there is.
    </NotThere>
  </>
);

export function Pages() {
  return (
    <Suspense fallback={<Spinner label="The page is on its way" />}>
      <Switch>
        <Route path="/">
          <NewReset />
        </Route>
        <Route path="/rehearsals/:id">{({ id }) => <Rehearsal key={id} id={id} />}</Route>
        <Route path="/jobs">
          <Jobs />
        </Route>
        <Route path="/jobs/:id">{({ id }) => <Job key={id} id={id} />}</Route>
        <Route path="/guests">
          <Guest guest={undefined} />
        </Route>
        <Route path="/guests/:guest">{({ guest }) => <Guest key={guest} guest={guest} />}</Route>
        <Route path="/tenant">
          <Tenant />
        </Route>
        <Route>
          <NoSuchPage />
        </Route>
      </Switch>
    </Suspense>
  );
}
