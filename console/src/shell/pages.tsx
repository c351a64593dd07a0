/** Which page an address means. Each is a file of its own, fetched when it is first seen. */
import { Spinner } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { PageHeading } from '../parts/page-heading.tsx';

const NewReset = lazy(() => import('../pages/new/page.tsx'));
const Rehearsal = lazy(() => import('../pages/rehearsal/page.tsx'));
const Jobs = lazy(() => import('../pages/jobs/page.tsx'));
const Job = lazy(() => import('../pages/job/page.tsx'));
const Guest = lazy(() => import('../pages/guest/page.tsx'));
const Tenant = lazy(() => import('../pages/tenant/page.tsx'));

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
          <PageHeading title="No such page" />
        </Route>
      </Switch>
    </Suspense>
  );
}
