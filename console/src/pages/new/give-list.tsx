/** Where a list comes from: a file that is dropped or chosen, or what is pasted or typed. Both are equal. */
import { Button, Field, makeStyles, mergeClasses, Text, Textarea, tokens } from '@fluentui/react-components';
import { ArrowUploadRegular } from '@fluentui/react-icons';
import { useRef, useState, type DragEvent } from 'react';
import { useHeadingTakesFocus } from '../../parts/heading-takes-focus.ts';
import { count } from '../../parts/numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { useService } from '../../service/service.tsx';

const useStyles = makeStyles({
  both: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    gap: tokens.spacingHorizontalL,
    '@media (max-width: 640px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  zone: {
    boxSizing: 'border-box',
    display: 'grid',
    placeContent: 'center',
    justifyItems: 'center',
    rowGap: tokens.spacingVerticalS,
    minHeight: '208px',
    padding: tokens.spacingHorizontalL,
    textAlign: 'center',
    border: `2px dashed ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
  },
  over: {
    borderTopColor: tokens.colorBrandStroke1,
    borderRightColor: tokens.colorBrandStroke1,
    borderBottomColor: tokens.colorBrandStroke1,
    borderLeftColor: tokens.colorBrandStroke1,
    backgroundColor: tokens.colorBrandBackground2,
  },
  icon: { fontSize: '32px', color: tokens.colorBrandForeground1 },
  paste: { display: 'grid', rowGap: tokens.spacingVerticalS, alignContent: 'start', justifyItems: 'start' },
  text: { width: '100%', minHeight: '152px' },
  wide: { width: '100%' },
  file: { display: 'none' },
});

interface GiveListProperties {
  readonly text: string;
  readonly onType: (text: string) => void;
  readonly onText: () => void;
  readonly onFiles: (files: readonly File[]) => void;
}

export function GiveList({ text, onType, onText, onFiles }: GiveListProperties) {
  const styles = useStyles();
  useHeadingTakesFocus();
  return (
    <div className={styles.both}>
      <Panel title="A file">
        <DropZone onFiles={onFiles} />
      </Panel>
      <Panel title="Or paste, or type">
        <div className={styles.paste}>
          <Field label="Guests" className={styles.wide} hint="Object ids, UPNs or addresses, from anywhere.">
            <Textarea
              textarea={{ className: styles.text }}
              className={styles.wide}
              value={text}
              spellCheck={false}
              placeholder={'anna.berg@fabrikam.example\nTomas Petrov <tomas@adatum.example>; …'}
              onChange={(_event, data) => onType(data.value)}
            />
          </Field>
          <Button onClick={onText} disabledFocusable={text.trim() === ''}>
            Take these
          </Button>
        </div>
      </Panel>
    </div>
  );
}

function DropZone({ onFiles }: Pick<GiveListProperties, 'onFiles'>) {
  const styles = useStyles();
  const { config } = useService();
  const [isOver, setOver] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    // Words that were dragged here are none.
    if (event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files]);
  };
  return (
    <div
      className={mergeClasses(styles.zone, isOver && styles.over)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <ArrowUploadRegular className={styles.icon} aria-hidden />
      <Text>Drop a CSV here, as Excel or Entra saves it</Text>
      <Button appearance="primary" onClick={() => chooser.current?.click()}>
        Choose a file
      </Button>
      <Text size={200}>
        {config !== undefined && `Up to ${count(config.maxResetsPerJob)} guests. `}It is rehearsed first: nobody is
        reset or mailed before you run it.
      </Text>
      <input
        ref={chooser}
        type="file"
        accept=".csv,.txt,.tsv,text/csv,text/plain"
        aria-label="File with guests"
        className={styles.file}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // The same file may be chosen again after it was saved anew.
          target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </div>
  );
}
