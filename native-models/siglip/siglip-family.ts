import { dualEncoderFamily } from '../dual-encoder/dual-encoder-family.ts';
import { readSiglip } from './siglip-encoder.ts';

export const siglipFamily = dualEncoderFamily('SigLIP', 'siglip', readSiglip);
