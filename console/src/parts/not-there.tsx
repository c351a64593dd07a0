/** What an address leads to is not there, or not any more: in plain words, with the way on. Asking again helps nobody. */
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Failure } from '../../../client/answer.ts';

const useStyles = makeStyles({ words: { overflowWrap: 'anywhere' }, button: { whiteSpace: 'nowrap' } });

/** Of a job, and of a rehearsal, which is one. */
export const isJobGone = (failure: Failure | undefined): boolean =>
  failure?.kind === 'refused' && failure.problem.code === 'jobNotFound';

interface NotThereProperties {
  readonly title: string;
  readonly children: ReactNode;
  /** Where what is there is listed. */
  readonly list: { readonly to: string; readonly name: string };
}

export function NotThere({ title, children, list }: NotThereProperties) {
  const { words, button } = useStyles();
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody className={words}>
        <MessageBarTitle>{title}.</MessageBarTitle> {children}
      </MessageBarBody>
      <MessageBarActions>
        <Link href={list.to} asChild>
          <Button as="a" className={button}>
            {list.name}
          </Button>
        </Link>
      </MessageBarActions>
    </MessageBar>
  );
}
