const headBytes = 32;
const packetHeadBytes = 12;

/** Pictures of an IVF file, in stored order. */
function* picturesOf(ivf: Buffer): Generator<{ readonly head: Buffer; readonly picture: Buffer }> {
  for (let at = headBytes; at < ivf.length;) {
    const from = at + packetHeadBytes;
    const to = from + ivf.readUInt32LE(at);
    yield { head: ivf.subarray(at, from), picture: ivf.subarray(from, to) };
    at = to;
  }
}

/**
 * Lays two VP9 films of key pictures alone (IVF, profile 0) over each other as spatial layers are: each packet holds the
 * picture of `base`, hidden, and that of `top`, shown ("VP9 Bitstream Specification", 6.2 and annex B).
 */
export function layeredFilm(base: Buffer, top: Buffer): Buffer {
  const under = picturesOf(base);
  const layered = [top.subarray(0, headBytes)];
  for (const { head, picture } of picturesOf(top)) {
    const hidden = Buffer.from(under.next().value!.picture);
    hidden[0]! &= ~0x02;
    const index = Buffer.from([0xd9, 0, 0, 0, 0, 0, 0, 0, 0, 0xd9]);
    index.writeUInt32LE(hidden.length, 1);
    index.writeUInt32LE(picture.length, 5);
    const packetHead = Buffer.from(head);
    packetHead.writeUInt32LE(hidden.length + picture.length + index.length, 0);
    layered.push(packetHead, hidden, picture, index);
  }
  return Buffer.concat(layered);
}
