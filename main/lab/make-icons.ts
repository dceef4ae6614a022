// `npm run make-icons`: every icon of the packages, from the one drawing in resources/icons.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { BICUBIC, createICNS, createICO } from 'png2icons';

const folder = path.resolve(import.meta.dirname, '../../resources/icons');
const drawing = readFileSync(path.join(folder, 'cuepoint.svg'));

/** The drawing as PNG, `side` by `side` pixels. */
const picture = (side: number): Buffer =>
  new Resvg(drawing, { fitTo: { mode: 'width', value: side } }).render().asPng();

for (const side of [16, 32, 48, 64, 128, 256, 512])
  writeFileSync(path.join(folder, `${side}x${side}.png`), picture(side));
const largest = picture(1024);
writeFileSync(path.join(folder, 'cuepoint.png'), largest);
writeFileSync(path.join(folder, 'cuepoint.icns'), createICNS(largest, BICUBIC, 0)!);
// BMP for the small sizes, PNG for the large one, as Windows expects inside programs.
writeFileSync(path.join(folder, 'cuepoint.ico'), createICO(largest, BICUBIC, 0, false, true)!);
