import { Fragment, type ReactNode } from 'react';

/**
 * A whole sentence in which something other than words has its place: `<Placed words={t('Press <keys/> for more.')}
 * parts={{ keys: <KeyCaps keys="?" /> }} />`. Where it stands is the translator's choice.
 */
export const Placed = (props: { readonly words: string; readonly parts: Readonly<Record<string, ReactNode>> }) =>
  props.words.split(/<(\w+)\/>/).map((piece, at) => (
    // The pieces are words and names of parts by turns, always as many.
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={at}>{at % 2 === 0 ? piece : props.parts[piece]}</Fragment>
  ));
