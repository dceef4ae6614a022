/** `1:02:03.5`, `02:03,5` or `3.5` in seconds; null for anything else. */
export function clockSeconds(text: string): number | null {
  const told = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:[.,]\d*)?)$/u.exec(text.trim());
  if (told === null) return null;
  const [, hours = '0', minutes = '0', seconds] = told;
  return (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds!.replace(',', '.'));
}

/** `01:02:03.500000`, with as many digits behind the point as asked, rounded to the nearest; from 0 on. */
export function clockText(us: number, digits: 3 | 6, point = '.'): string {
  const unit = 10 ** digits;
  const whole = Math.round((Math.max(0, us) / 1_000_000) * unit);
  const seconds = Math.floor(whole / unit);
  const part = (value: number, length = 2): string => String(value).padStart(length, '0');
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((value) => part(value));
  return `${clock.join(':')}${point}${part(whole % unit, digits)}`;
}
