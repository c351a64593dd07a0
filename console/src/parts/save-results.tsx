/** Results as a file. A link would not do: it brings no token. */
import { Spinner } from '@fluentui/react-components';
import { ArrowDownload16Regular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { Failure } from '../../../client/answer.ts';
import type { ResetFilter } from '../../../client/types.ts';
import { FailureBar } from './failure-bar.tsx';
import { blobOf, saveAs } from './save-file.ts';
import { useService } from '../service/service.tsx';
import { useAnnounce } from '../shell/announcer.tsx';
import { ActionButton } from './action-button.tsx';

interface SaveResultsProperties {
  readonly id: string;
  /** Of the file, without its ending. */
  readonly name: string;
  readonly filter: ResetFilter;
  /** What of it is saved, where the service cannot choose by that. */
  readonly choose?: (results: Blob) => Promise<Blob>;
  readonly label: string;
  readonly size?: 'small' | 'medium';
}

export function SaveResults({ id, name, filter, choose, label, size = 'medium' }: SaveResultsProperties) {
  const { client } = useService();
  const announce = useAnnounce();
  const [isBusy, setBusy] = useState(false);
  const [failure, fail] = useState<Failure>();
  async function save(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    fail(undefined);
    const answer = await blobOf(await client.exportResets(id, { ...filter, format: 'csv' }));
    if (answer.kind !== 'answered') {
      setBusy(false);
      fail(answer);
      return;
    }
    const chosen = (await choose?.(answer.value)) ?? answer.value;
    setBusy(false);
    saveAs(`${name}.csv`, chosen);
    announce('The results are saved.');
  }
  return (
    <>
      <ActionButton
        size={size}
        icon={isBusy ? <Spinner size="extra-tiny" /> : <ArrowDownload16Regular />}
        disabledFocusable={isBusy}
        onClick={() => void save()}
      >
        {label}
      </ActionButton>
      {failure !== undefined && (
        <FailureBar failure={failure} title="The results were not saved" onAgain={() => void save()} />
      )}
    </>
  );
}
