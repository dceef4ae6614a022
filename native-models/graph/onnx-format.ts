import protobuf from 'protobufjs/light.js';

const required = (type: string, id: number): protobuf.IField => ({ type, id });
const repeated = (type: string, id: number): protobuf.IField => ({ rule: 'repeated', type, id });

/** The part of the ONNX schema (onnx.proto3, IR version 8) that graphs written here need; numbers are ONNX's own. */
const schema = protobuf.Root.fromJSON({
  nested: {
    Model: {
      fields: {
        irVersion: required('int64', 1),
        producerName: required('string', 2),
        graph: required('Graph', 7),
        opsetImport: repeated('OperatorSet', 8),
      },
    },
    OperatorSet: { fields: { domain: required('string', 1), version: required('int64', 2) } },
    Graph: {
      fields: {
        node: repeated('Node', 1),
        name: required('string', 2),
        initializer: repeated('TensorData', 5),
        input: repeated('ValueInfo', 11),
        output: repeated('ValueInfo', 12),
      },
    },
    Node: {
      fields: {
        input: repeated('string', 1),
        output: repeated('string', 2),
        name: required('string', 3),
        opType: required('string', 4),
        attribute: repeated('Attribute', 5),
        domain: required('string', 7),
      },
    },
    Attribute: {
      fields: {
        name: required('string', 1),
        f: required('float', 2),
        i: required('int64', 3),
        s: required('bytes', 4),
        ints: repeated('int64', 8),
        type: required('int32', 20),
      },
    },
    TensorData: {
      fields: {
        dims: repeated('int64', 1),
        dataType: required('int32', 2),
        name: required('string', 8),
        rawData: required('bytes', 9),
        externalData: repeated('Entry', 13),
        dataLocation: required('int32', 14),
      },
    },
    Entry: { fields: { key: required('string', 1), value: required('string', 2) } },
    ValueInfo: { fields: { name: required('string', 1), type: required('ValueType', 2) } },
    ValueType: { fields: { tensorType: required('TensorType', 1) } },
    TensorType: { fields: { elemType: required('int32', 1), shape: required('TensorShape', 2) } },
    TensorShape: { fields: { dim: repeated('Dimension', 1) } },
    Dimension: { fields: { dimValue: required('int64', 1), dimParam: required('string', 2) } },
  },
});

const model = schema.lookupType('Model');

export const onnxElementType = { float32: 1, uint8: 2, int8: 3, int64: 7, bool: 9, float16: 10 } as const;

export interface OnnxAttribute {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly ints?: readonly number[];
}

export interface OnnxNode {
  readonly name: string;
  readonly opType: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly OnnxAttribute[];
  /** Absent for ONNX's own operators. */
  readonly domain?: string;
}

export interface OnnxTensorData {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly rawData?: Uint8Array;
  readonly externalData?: readonly { readonly key: string; readonly value: string }[];
  readonly dataLocation?: number;
}

export interface OnnxValueInfo {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape: {
        readonly dim: readonly ({ readonly dimValue: number } | { readonly dimParam: string } | object)[];
      };
    };
  };
}

export interface OnnxGraph {
  readonly name: string;
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensorData[];
  readonly input: readonly OnnxValueInfo[];
  readonly output: readonly OnnxValueInfo[];
}

/** The domain of operators that onnxruntime adds to ONNX's own. */
export const runtimeDomain = 'com.microsoft';

/** An ONNX ModelProto, opset 17, as bytes. */
export function encodeOnnxModel(graph: OnnxGraph): Uint8Array {
  return model
    .encode({
      irVersion: 8,
      producerName: 'cuepoint',
      graph,
      opsetImport: [
        { domain: '', version: 17 },
        { domain: runtimeDomain, version: 1 },
      ],
    })
    .finish();
}

/** An attribute from a number (integer), a list of integers or a text; `float` marks a real number. */
export function attribute(
  name: string,
  value: number | readonly number[] | string | { readonly float: number },
): OnnxAttribute {
  if (typeof value === 'number') return { name, type: 2, i: value };
  if (typeof value === 'string') return { name, type: 3, s: new TextEncoder().encode(value) };
  if ('float' in value) return { name, type: 1, f: value.float };
  return { name, type: 7, ints: value };
}
