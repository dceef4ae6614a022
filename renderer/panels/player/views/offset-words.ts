/** How a view lies in time: "2.360 s later", "0.120 s earlier", "same time". */
export function offsetWords(offsetUs: number): string {
  if (offsetUs === 0) return 'same time';
  return `${(Math.abs(offsetUs) / 1e6).toFixed(3)} s ${offsetUs > 0 ? 'later' : 'earlier'}`;
}
