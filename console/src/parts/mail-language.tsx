/** The language of Microsoft's mail, checked where it is typed by the rule of the service itself. */
import { Field, Input, makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import { languageProblem } from './language-problem.ts';

const useStyles = makeStyles({ input: { minWidth: 0, width: '100%' } });

interface MailLanguageProperties {
  /** Whose own it is where nothing is typed: "the guest’s", "each guest’s". */
  readonly whose: string;
  readonly language: string;
  readonly onType: (language: string) => void;
}

export function MailLanguage({ whose, language, onType }: MailLanguageProperties) {
  const styles = useStyles();
  // Half of a tag is none: nobody is told so while they type it.
  const [isBeingTyped, setBeingTyped] = useState(false);
  const problem = isBeingTyped ? undefined : languageProblem(language);
  return (
    <Field
      label="Language of the mail"
      // One in the place of the other: what is pressed below when the field is left must not move away.
      {...(problem === undefined
        ? { hint: `Such as sv-SE. Empty: ${whose} own, else Microsoft’s choice.` }
        : { validationMessage: problem })}
    >
      <Input
        className={styles.input}
        value={language}
        spellCheck={false}
        onChange={(_event, { value }) => {
          setBeingTyped(true);
          onType(value);
        }}
        onBlur={() => setBeingTyped(false)}
      />
    </Field>
  );
}
