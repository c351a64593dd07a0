/** A text of the tables of codes without the marks of the docs, which no page shows. */
export const plain = (text: string): string => text.replaceAll('`', '');
