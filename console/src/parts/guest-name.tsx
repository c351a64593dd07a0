/** A guest as people know one: where a list has an object id only, the address or name leads and the id is behind. */
import { makeStyles, tokens } from '@fluentui/react-components';
import type { Reset } from '../../../client/types.ts';
import { addressOf } from './guest-address.ts';

const useStyles = makeStyles({
  id: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightRegular },
});

export function GuestName({ reset }: { readonly reset: Reset }) {
  return reset.erased === true ? 'Erased guest' : <NamedId name={addressOf(reset)} id={reset.user} />;
}

interface NamedIdProperties {
  /** Undefined where nothing else is known. */
  readonly name: string | undefined;
  readonly id: string;
}

export function NamedId({ name, id }: NamedIdProperties) {
  const styles = useStyles();
  if (name === undefined) return <bdi>{id}</bdi>;
  return (
    <>
      <bdi>{name}</bdi> <bdi className={styles.id}>{id}</bdi>
    </>
  );
}
