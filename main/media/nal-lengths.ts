/**
 * How H.264 and HEVC packets are stored in MP4 and Matroska: every unit is preceded by its length (ISO/IEC 14496-15).
 * Returns the number of bytes per length from the decoder configuration record, or null where the stream uses start
 * codes instead (as in transport streams) or has no record.
 */
export function nalLengthSize(codec: 'h264' | 'hevc', configuration: Uint8Array | null): number | null {
  // Both records begin with the version 1; a start code begins with zeros.
  if (!configuration || configuration[0] !== 1) return null;
  const at = codec === 'h264' ? 4 : 21;
  return configuration.length > at ? (configuration[at]! & 3) + 1 : null;
}

/**
 * Whether the lengths inside a packet stay inside the packet. Where they do not, the file was damaged or cut here, and
 * no decoder can find the picture in it. Up to three bytes of padding at the end do no harm.
 */
export function nalLengthsFit(packet: Uint8Array, lengthSize: number): boolean {
  let at = 0;
  while (packet.length - at >= 4) {
    let length = 0;
    for (let byte = 0; byte < lengthSize; byte += 1) length = length * 256 + packet[at + byte]!;
    at += lengthSize + length;
    if (length === 0 || at > packet.length) return false;
  }
  return at > 0;
}

/**
 * Whether no other picture of an H.264 stream refers to the one in this packet, so that it need not be decoded where
 * nobody wants to see it: every slice says so (`nal_ref_idc` 0, ISO/IEC 14496-10 7.4.1), and nothing else that later
 * packets need, such as a parameter set, travels along. The packet's lengths must fit.
 */
export function isDisposable(packet: Uint8Array, lengthSize: number): boolean {
  let slices = 0;
  let at = 0;
  while (packet.length - at >= 4) {
    let length = 0;
    for (let byte = 0; byte < lengthSize; byte += 1) length = length * 256 + packet[at + byte]!;
    const header = packet[at + lengthSize]!;
    const type = header & 31;
    if (type === 1) slices += 1;
    // 6, 9 and 12 are notes, delimiters and padding.
    if ((type === 1 && header >> 5 !== 0) || ![1, 6, 9, 12].includes(type)) return false;
    at += lengthSize + length;
  }
  return slices > 0;
}
