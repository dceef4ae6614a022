// Numbers are written one way everywhere: whole percent with a space before the sign, thousands in groups.

/** `72 %`. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** `1,234`. */
export const grouped = (count: number): string => count.toLocaleString('en');

/** `1 segment`, `1,234 segments`. */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : several}`;
