/** What is seen in place of a page until it is known who looks, and where they may look at nothing. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import type { Me } from '../../../client/types.ts';
import { FailureBar } from '../parts/failure-bar.tsx';
import { HowToGrant } from '../parts/how-to-grant.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { useService } from '../service/service.tsx';
import { AskAhead } from './ask-ahead.tsx';

const useStyles = makeStyles({
  sheet: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'start', maxWidth: '640px' },
  above: { marginBottom: tokens.spacingVerticalM },
});

/** Entra's word for somebody whom the app registration is not for. Source: its error list. */
const NOT_ASSIGNED = /AADSTS50105/;

export function Entrance({ children }: { readonly children: ReactNode }) {
  const { entry, me } = useService();
  if (entry.at === 'refused') return <Refused {...entry} />;
  if (entry.at === 'unanswered') {
    const { failure, again } = entry;
    return <FailureBar failure={failure} title="The console cannot begin" onAgain={again} />;
  }
  if (me === undefined || entry.at === 'door') {
    return (
      <>
        {entry.at === 'door' && entry.isSignedIn && <AskAhead />}
        <Spinner label="Finding out who you are" />
      </>
    );
  }
  if (me.roles.length === 0) return <NoRole me={me} />;
  return (
    <>
      {entry.wasRenewed && <Renewed />}
      {children}
    </>
  );
}

function Renewed() {
  const { above } = useStyles();
  const [isRead, read] = useState(false);
  if (isRead) return null;
  return (
    <MessageBar intent="info" className={above}>
      <MessageBarBody>
        <MessageBarTitle>You have signed in again.</MessageBarTitle> Your list and what you chose are still here. A
        question that stood open was not answered: ask it again. Jobs went on meanwhile.
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => read(true)}>Close</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

function Refused({ words, again }: { readonly words: string; readonly again: () => void }) {
  const { sheet } = useStyles();
  return (
    <div className={sheet}>
      <PageHeading title="You are not signed in" />
      {NOT_ASSIGNED.test(words) && (
        <Text>
          You have no role here: Submit, Read or Manage. Who owns the app registration grants it; sign in again after
          that.
        </Text>
      )}
      <Text>The sign-in service said: {words}</Text>
      <Button appearance="primary" onClick={again}>
        Sign in
      </Button>
    </div>
  );
}

function NoRole({ me: { id, name } }: { readonly me: Me }) {
  const { sheet } = useStyles();
  return (
    <div className={sheet}>
      <PageHeading title="You have no role here" />
      <Text>
        You are signed in as <bdi>{name ?? id}</bdi>. What one may do here is said by a role: Submit, Read or Manage.
      </Text>
      <HowToGrant id={id} wanted="Submit" />
    </div>
  );
}
