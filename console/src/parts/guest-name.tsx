/** A guest as people know one: where a list has an object id only, the address or name leads and the id is behind. */
import { makeStyles, tokens } from '@fluentui/react-components';
import type { Reset } from '../../../client/types.ts';
import { addressOf } from './guest-address.ts';
import { PageLink } from './page-link.tsx';

const useStyles = makeStyles({
  // Always below, so that a list is even; as a block it leaves the first line to whatever stands beside.
  id: {
    display: 'block',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
  },
});

export function GuestName({ reset }: { readonly reset: Reset }) {
  return reset.erased === true ? 'Erased guest' : <NamedId name={addressOf(reset)} id={reset.user} />;
}

interface NamedIdProperties {
  /** Undefined where nothing else is known. */
  readonly name: string | undefined;
  readonly id: string;
  /** Where what leads goes to. */
  readonly to?: string;
}

export function NamedId({ name, id, to }: NamedIdProperties) {
  const styles = useStyles();
  const lead = <bdi>{name ?? id}</bdi>;
  return (
    <>
      {to === undefined ? lead : <PageLink to={to}>{lead}</PageLink>}
      {name !== undefined && (
        <>
          {' '}
          <bdi className={styles.id}>{id}</bdi>
        </>
      )}
    </>
  );
}
