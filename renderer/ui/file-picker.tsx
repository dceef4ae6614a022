import { useRef, type ReactNode } from 'react';

/** Lets a person choose a file: `field` stands unseen where it is asked for, and `choose` opens the browser's dialog. */
export function useFilePicker(props: {
  /** What the file is. */
  readonly label: string;
  /** Types and endings that are offered, as the `accept` of HTML. */
  readonly accept: string;
  readonly onChoose: (file: File) => void;
}): { readonly field: ReactNode; readonly choose: () => void } {
  const input = useRef<HTMLInputElement>(null);
  return {
    field: (
      <input
        ref={input}
        hidden
        type="file"
        accept={props.accept}
        aria-label={props.label}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // The same file may be chosen again.
          target.value = '';
          if (file) props.onChoose(file);
        }}
      />
    ),
    choose: () => input.current?.click(),
  };
}
