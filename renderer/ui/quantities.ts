// Numbers are written one way everywhere: whole percent with a space before the sign, thousands in groups.

/** `72 %`. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** `1,234`. */
export const grouped = (count: number): string => count.toLocaleString('en');
