/** Why nobody is seen, in words, with the way on. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Failure } from '../../../../client/answer.ts';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { duration } from '../../parts/numbers.ts';
import { PageLink } from '../../parts/page-link.tsx';
import { inPageWords } from '../../parts/service-words.ts';
import { objectIdsIn, placeOf } from './names.ts';

const useStyles = makeStyles({ words: { overflowWrap: 'anywhere' }, button: { whiteSpace: 'nowrap' } });

interface NotSeenProperties {
  readonly failure: Failure;
  /** By UPN or address; else by object id. */
  readonly isSearch?: boolean;
  readonly mayLook: boolean;
  readonly onAgain: () => void;
}

export function NotSeen({ failure, isSearch = false, mayLook, onAgain }: NotSeenProperties) {
  const code = failure.kind === 'refused' ? failure.problem.code : undefined;
  switch (code) {
    case 'guestNotFound':
      return isSearch ? <NobodyHasIt mayLook={mayLook} /> : <NoLongerThere />;
    case 'invalidGuestId':
      return <NoName />;
    case 'guestAmbiguous':
      return <Several ids={failure.kind === 'refused' ? objectIdsIn(failure.problem.detail) : []} />;
    case 'tooManyLooks':
      return (
        <Wait title="Many guests are being looked at now" failure={failure} onAgain={onAgain}>
          Jobs go first, so looks have to wait their turn.
        </Wait>
      );
    case 'graphUnavailable':
      return (
        <Wait title="The directory cannot be asked now" failure={failure} onAgain={onAgain}>
          {failure.kind === 'refused' && inPageWords(failure.problem.detail.replace(/ Repeat the request[^.]*\./, ''))}
        </Wait>
      );
    default:
      return <FailureBar failure={failure} title="The guest cannot be looked at" onAgain={onAgain} />;
  }
}

interface SaidProperties {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

function Said({ title, children, actions }: SaidProperties) {
  const styles = useStyles();
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody className={styles.words}>
        <MessageBarTitle>{title}.</MessageBarTitle> {children}
      </MessageBarBody>
      {actions !== undefined && <MessageBarActions>{actions}</MessageBarActions>}
    </MessageBar>
  );
}

function NobodyHasIt({ mayLook }: { readonly mayLook: boolean }) {
  return (
    <Said title="Nobody in the directory has this UPN or mail address">
      Correct it, and look up again. A guest who was deleted, or has another address now, is found by object id: the
      results of the <PageLink to="/jobs">job</PageLink> have it
      {mayLook && ', and lead to all that was done for the guest'}.
    </Said>
  );
}

/** The service's own words are for whoever writes a request. */
const NoName = () => (
  <Said title="Nobody can have this UPN or mail address">
    One is such as anna.berg@fabrikam.example. Correct it, and look up again.
  </Said>
);

const NoLongerThere = () => (
  <Said title="The directory has nobody with this object id">
    The guest was deleted, or never was there. A guest who was deleted less than 30 days ago can be restored in the
    admin center; one who was invited anew has another object id, and is found by the address.
  </Said>
);

function Several({ ids }: { readonly ids: readonly string[] }) {
  return (
    <Said title="Several users have this address">
      Only the object id tells which one is meant:{' '}
      {ids.map((id, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <PageLink to={placeOf(id)}>{id}</PageLink>
        </span>
      ))}
    </Said>
  );
}

interface WaitProperties extends SaidProperties {
  readonly failure: Failure;
  readonly onAgain: () => void;
}

/** It passes by itself, and is asked again as late as the service says. */
function Wait({ title, failure, onAgain, children }: WaitProperties) {
  const styles = useStyles();
  const seconds = failure.kind === 'lost' ? undefined : failure.againAfterSeconds;
  const again =
    seconds === undefined ? 'It is asked again by itself.' : `It is asked again in ${duration(seconds * 1000)}.`;
  return (
    <Said
      title={title}
      actions={
        <Button className={styles.button} onClick={onAgain}>
          Ask now
        </Button>
      }
    >
      {children} {again}
    </Said>
  );
}
