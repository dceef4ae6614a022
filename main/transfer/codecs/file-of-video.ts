/** The video that a file is for, where formats have one file for each: its name without the format's ending. */
export function videoOfFile(file: string, endings: readonly string[]): string {
  const ending = endings.find((one) => file.length > one.length && file.toLowerCase().endsWith(one.toLowerCase()));
  return ending === undefined ? file : file.slice(0, -ending.length);
}

/** A class name as the name of a file on every system; what cannot stand in one is written as `%` and its code. */
export const fileOfLabel = (label: string): string =>
  label.replaceAll(/[%<>:"/\\|?*\p{Cc}]|^\.|[. ]$/gu, (letter) => encoded(letter));

/** The class that such a file is named for. */
export const labelOfFile = (name: string): string => {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

const encoded = (letter: string): string => `%${letter.codePointAt(0)!.toString(16).padStart(2, '0').toUpperCase()}`;
