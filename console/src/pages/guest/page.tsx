/** Guests: one is looked for, and then looked at. */
import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Redirect } from 'wouter';
import { PageHeading } from '../../parts/page-heading.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { Panel } from '../../parts/panel.tsx';
import { GuestSheet } from './guest-sheet.tsx';
import { LookUp } from './look-up.tsx';
import { objectIdOf } from '../../parts/object-id.ts';
import { placeOf } from './names.ts';
import { GuestSearch } from './search.tsx';
import { useSearch } from './use-search.ts';

const useStyles = makeStyles({
  page: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  words: { margin: 0, maxWidth: '720px', color: tokens.colorNeutralForeground2 },
});

/** @param guest of the address; undefined where none is named */
export default function Page({ guest }: { readonly guest: string | undefined }) {
  if (guest === undefined) return <Search />;
  const id = objectIdOf(guest);
  // Whoever is named otherwise is looked up first: only the object id stays the same.
  return id === guest ? <GuestSheet id={id} /> : <Redirect to={placeOf(guest)} replace />;
}

function Search() {
  const styles = useStyles();
  const search = useSearch();
  const { asked, name } = search;
  return (
    <div className={styles.page}>
      <PageHeading title="Guests" />
      <Panel>
        <GuestSearch search={search} />
      </Panel>
      {asked === undefined && <WhatIsSeen />}
      {name !== undefined && <LookUp key={name} name={name} />}
    </div>
  );
}

function WhatIsSeen() {
  const { words } = useStyles();
  return (
    <Text as="p" block className={words}>
      Of one guest: how they stand in the directory now, every reset that was tried with who, why and what came of it,
      and the way to reset them again. Many at once are <PageLink to="/">a new reset</PageLink>; the rows of a{' '}
      <PageLink to="/jobs">job</PageLink> lead here, too.
    </Text>
  );
}
