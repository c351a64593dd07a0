/** What stands below a list that comes page by page. */
import { Button, Spinner } from '@fluentui/react-components';
import { useIsSaidAbove } from '../service/connection.ts';
import type { Listed } from '../service/lists.ts';
import { FailureBar } from './failure-bar.tsx';

interface ListEndProperties {
  readonly list: Listed<unknown>;
  /** What is listed, as in "The jobs cannot be shown". */
  readonly what: string;
}

export function ListEnd({ list, what }: ListEndProperties) {
  const { items, failure, more, isFetching, again } = list;
  const isFirst = items === undefined;
  const isSaid = useIsSaidAbove(failure) && !isFirst;
  if (failure !== undefined && !isSaid) {
    const title = isFirst ? `The ${what} cannot be shown` : `What is shown of the ${what} may be old`;
    return <FailureBar failure={failure} title={title} onAgain={again} />;
  }
  if (isFirst) return <Spinner size="small" label={`The ${what} are on their way`} />;
  if (more === undefined) return null;
  return (
    <Button onClick={more} disabledFocusable={isFetching}>
      {isFetching ? 'More are on their way' : 'Show more'}
    </Button>
  );
}
