import { Button, makeStyles, type ButtonProps } from '@fluentui/react-components';

const useStyles = makeStyles({ button: { whiteSpace: 'nowrap' } });

/** A button that does not break its words. */
export function ActionButton(properties: ButtonProps) {
  const { button } = useStyles();
  return <Button {...properties} className={button} />;
}
