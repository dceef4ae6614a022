import Avatar from '@mui/material/Avatar';

/** Dark enough for white letters on either theme, and told apart by colour-blind eyes as far as letters alone do not. */
const grounds = ['#7a3e9d', '#0b6e75', '#9a4a00', '#1f5fbf', '#a02c5a', '#4b6b1f', '#6b4f3a', '#5a5f8f'];

/** The first letters of the first and last word of a name, `AB`; of a mail address, of what stands before its sign. Pure. */
export function initialsOf(name: string): string {
  const words = name
    .replace(/@.*$/u, '')
    .split(/[\s._-]+/u)
    .filter((word) => word !== '');
  const letters = [words[0], ...(words.length > 1 ? [words.at(-1)] : [])].map((word) => [...(word ?? '?')][0]!);
  return letters.join('').toUpperCase();
}

const groundOf = (name: string): string => {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) % 9973;
  return grounds[sum % grounds.length]!;
};

/** A person as a small round sign: always the same colour for the same name. What it means stands beside it in words. */
export function PersonAvatar({ name, size = 24 }: { readonly name: string; readonly size?: number }) {
  return (
    <Avatar
      aria-hidden
      sx={{
        width: size,
        height: size,
        fontSize: size * 0.42,
        fontWeight: 650,
        bgcolor: groundOf(name),
        color: '#ffffff',
        forcedColorAdjust: 'none',
      }}
    >
      {initialsOf(name)}
    </Avatar>
  );
}
