import { dualEncoderFamily } from '../dual-encoder/dual-encoder-family.ts';
import { readMetaClip } from './metaclip-encoder.ts';

export const metaClipFamily = dualEncoderFamily('MetaCLIP 2', 'metaclip_2', readMetaClip);
