/**
 * Whether a VP8 packet is shown. Encoders store pictures that only others refer to (`alt-ref`) as packets of their own,
 * with times of their own (RFC 6386, 9.1: `show_frame`).
 */
export const vp8ShowsPicture = (packet: Uint8Array): boolean => packet.length > 0 && (packet[0]! & 0x10) !== 0;

/**
 * Whether a VP9 packet shows a picture. One packet may hold several pictures, of which at most one is shown ("VP9
 * Bitstream Specification", 6.2 `show_existing_frame`, `show_frame`, and annex B for packets of several).
 */
export function vp9ShowsPicture(packet: Uint8Array): boolean {
  const sizes = superframeSizes(packet);
  if (!sizes) return pictureIsShown(packet);
  let at = 0;
  for (const size of sizes) {
    if (pictureIsShown(packet.subarray(at, at + size))) return true;
    at += size;
  }
  return false;
}

function pictureIsShown(picture: Uint8Array): boolean {
  if (picture.length === 0) return false;
  const bit = (at: number): number => (picture[0]! >> (7 - at)) & 1;
  // Two bits of mark, two of profile (low bit first), one reserved in profile 3.
  const at = bit(2) === 1 && bit(3) === 1 ? 5 : 4;
  const showsExisting = bit(at) === 1;
  return showsExisting || bit(at + 2) === 1;
}

function superframeSizes(packet: Uint8Array): readonly number[] | null {
  const mark = packet.at(-1) ?? 0;
  if ((mark & 0xe0) !== 0xc0) return null;
  const [count, bytes] = [(mark & 7) + 1, ((mark >> 3) & 3) + 1];
  const indexSize = 2 + count * bytes;
  if (packet.length < indexSize || packet.at(-indexSize) !== mark) return null;
  const index = packet.subarray(packet.length - indexSize + 1, packet.length - 1);
  return Array.from({ length: count }, (_, picture) => {
    let size = 0;
    for (let byte = bytes - 1; byte >= 0; byte -= 1) size = size * 256 + index[picture * bytes + byte]!;
    return size;
  });
}
