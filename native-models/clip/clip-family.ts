import { dualEncoderFamily } from '../dual-encoder/dual-encoder-family.ts';
import { readClip } from './clip-encoder.ts';

export const clipFamily = dualEncoderFamily('CLIP', 'clip', readClip);
