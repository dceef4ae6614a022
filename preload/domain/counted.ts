/** `1 segment`, `1,204 segments`; `many` is the plural where an s does not make it. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
