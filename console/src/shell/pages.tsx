/** Which page an address means. Each is a file of its own, fetched when it is first seen. */
import { Spinner } from '@fluentui/react-components';
import { Suspense, useEffect, useRef } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { fetched } from '../parts/fetched.tsx';
import { NotThere } from '../parts/not-there.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { hasAny } from '../parts/roles.ts';
import { useService } from '../service/service.tsx';

const [NewReset, fetchNewReset] = fetched(() => import('../pages/new/page.tsx'));
const [Rehearsal, fetchRehearsal] = fetched(() => import('../pages/rehearsal/page.tsx'));
const [Jobs, fetchJobs] = fetched(() => import('../pages/jobs/page.tsx'));
const [Job, fetchJob] = fetched(() => import('../pages/job/page.tsx'));
const [Guest, fetchGuest] = fetched(() => import('../pages/guest/page.tsx'));
const [Tenant, fetchTenant] = fetched(() => import('../pages/tenant/page.tsx'));

/**
 * Fetches a page before it is shown: while it is found out who looks, or while one points at the way to it.
 * @param path as for routes
 */
export function fetchAhead(path: string): void {
  const [, first = '', id = ''] = path.split('/');
  // A map: an address may be any word, also one that each object knows.
  new Map([
    ['', fetchNewReset],
    ['rehearsals', fetchRehearsal],
    ['jobs', id === '' ? fetchJobs : fetchJob],
    ['guests', fetchGuest],
    ['tenant', fetchTenant],
  ]).get(first)?.();
}

const NoSuchPage = () => (
  <>
    <PageHeading title="No such page" />
    <NotThere title="Nothing is at this address" list={{ to: '/', name: 'New reset' }}>
      It is mistyped or cut off, or of another version of the console. Above stands what there is.
    </NotThere>
  </>
);

/** Whoever cannot submit begins with the jobs of others; who asks for a new reset is told what it takes. */
function useFirstPage(): void {
  const { me } = useService();
  const [path, navigate] = useLocation();
  const hasBegun = useRef(false);
  useEffect(() => {
    if (!hasBegun.current && path === '/' && !hasAny(me, 'Submit')) navigate('/jobs', { replace: true });
    hasBegun.current = true;
  }, [me, path, navigate]);
}

export function Pages() {
  useFirstPage();
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
